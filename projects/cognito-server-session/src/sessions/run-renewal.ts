import { SessionUnavailableError } from '../errors/server-session-error';
import { decideRenewal } from '../model/decide-renewal';
import { POLL_MS, REQUEST_WAIT_MS, SECOND_MS } from '../model/numbers';
import { attemptRenewal } from './attempt-renewal';
import { readRow } from './guarded-store';
import type { OpenSession } from './open-session';
import type { RenewalContext } from './renewal-context';

interface RunOptions {
  /** An API rejected the tokens of this version. */
  readonly refused: number | null;
  /** Cognito has answered an attempt. */
  readonly onAnswer: () => void;
  /** The attempt has its outcome. */
  readonly onSettled: () => void;
}

/**
 * Brings a session to good tokens: refreshes them, or waits until another instance has. `null`: the session has ended. Rejects
 * with a `SessionUnavailableError`.
 */
export async function runRenewal(
  context: RenewalContext,
  open: OpenSession,
  { refused, onAnswer, onSettled }: RunOptions,
): Promise<OpenSession | null> {
  const { now, wait } = context.options;
  const deadline = now() + REQUEST_WAIT_MS;
  let current: OpenSession | null = open;
  while (current !== null) {
    const decision = decideRenewal(current.row, { now: now(), refused });
    if (decision.type === 'serve') return current;
    if (decision.type === 'expired') return null;
    if (decision.type === 'backOff') throw unavailable(decision.backoff.code, decision.waitMs);
    if (decision.type === 'claim') {
      const renewed = await attemptRenewal(context, current, onAnswer).finally(onSettled);
      if (renewed !== null) return renewed;
    } else {
      if (now() >= deadline) throw unavailable('timeout', SECOND_MS);
      await wait(POLL_MS * (0.5 + Math.random() / 2));
    }
    const row = await readRow(context.options, context.key);
    current = row && (await context.seals.open(row));
  }
  return null;
}

export function unavailable(reason: string, waitMs: number): SessionUnavailableError {
  return new SessionUnavailableError(reason, Math.max(1, Math.ceil(waitMs / SECOND_MS)));
}
