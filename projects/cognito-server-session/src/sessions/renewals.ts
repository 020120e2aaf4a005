import { decideRenewal } from '../model/decide-renewal';
import {
  ANSWERED_LIFETIME_MS,
  ATTEMPT_LIFETIME_MS,
  BRIEF_WAIT_MS,
  REQUEST_WAIT_MS,
  SECOND_MS,
} from '../model/numbers';
import { SessionUnavailableError } from '../errors/server-session-error';
import { within } from '../platform/within';
import type { OpenSession } from './open-session';
import type { RenewalContext } from './renewal-context';
import { runRenewal, unavailable } from './run-renewal';

interface Run {
  readonly result: Promise<OpenSession | null>;
  /** Epoch ms. */
  readonly startedAt: number;
}

/** The refreshes of this process. Requests of one session share one. */
export class Renewals {
  private readonly runs = new Map<string, Run>();
  /** By session: the run that holds an answer of Cognito which is not stored yet. */
  private readonly answered = new Map<string, Run>();

  /**
   * The session with tokens that are good now. A valid access token is served rather than waited for. `refused`: an API
   * rejected the tokens of this version.
   */
  async fresh(
    context: RenewalContext,
    open: OpenSession,
    refused: number | null = null,
  ): Promise<OpenSession | null> {
    const { row } = open;
    const { wait } = context.options;
    const now = context.options.now();
    if (decideRenewal(row, { now, refused }).type === 'serve') return open;
    const { result, startedAt } = this.joinOrStart(context, open, refused);
    const isUsable = () => context.options.now() < row.tokensExpireAt && refused !== row.version;
    // A failure is not for a caller who has a valid token left. It may have expired meanwhile.
    const kept = result.catch((error: unknown) => {
      if (error instanceof SessionUnavailableError && isUsable()) return open;
      throw error;
    });
    // Of the wait a part may have passed. A token that does not outlive it is no reason to give up early.
    const left = Math.max(0, startedAt + BRIEF_WAIT_MS - now);
    return within(kept, {
      ms: isUsable() && now + left < row.tokensExpireAt ? left : REQUEST_WAIT_MS,
      wait,
      otherwise: () =>
        isUsable() ? Promise.resolve(open) : Promise.reject(unavailable('timeout', SECOND_MS)),
    });
  }

  /**
   * A run that is older than an attempt is not joined: the process may have been frozen. One that holds an answer of Cognito is
   * joined for longer, by every request of the session: another refresh would send a refresh token that is spent.
   */
  private joinOrStart(context: RenewalContext, open: OpenSession, refused: number | null): Run {
    const session = `${context.key.sub} ${context.key.sidHash}`;
    const name = `${session} ${String(refused)}`;
    const now = context.options.now();
    const answered = this.answered.get(session);
    if (answered !== undefined && isWithin(ANSWERED_LIFETIME_MS, answered, now)) return answered;
    const running = this.runs.get(name);
    if (running !== undefined && isWithin(ATTEMPT_LIFETIME_MS, running, now)) return running;
    const result = runRenewal(context, open, {
      refused,
      onAnswer: () => this.answered.set(session, run),
      onSettled: () => forget(this.answered, session, run),
    });
    const run = { result, startedAt: now };
    this.runs.set(name, run);
    const forgetRun = () => forget(this.runs, name, run);
    // Its callers may have stopped waiting: a failure is reported to those who have not.
    result.then(forgetRun, forgetRun);
    return run;
  }
}

function isWithin(lifetimeMs: number, { startedAt }: Run, now: number): boolean {
  return Math.abs(now - startedAt) < lifetimeMs;
}

function forget(runs: Map<string, Run>, name: string, run: Run): void {
  if (runs.get(name) === run) runs.delete(name);
}
