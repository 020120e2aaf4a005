import { decideRenewal } from '../model/decide-renewal';
import {
  ANSWERED_LIFETIME_MS,
  ATTEMPT_LIFETIME_MS,
  BRIEF_WAIT_MS,
  REQUEST_WAIT_MS,
  SECOND_MS,
} from '../model/numbers';
import type { SessionKey } from '../model/session-row';
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
   * The session with tokens that are good now. A valid access token is served rather than waited for; only the request that
   * starts a refresh waits for it briefly, because a process may be frozen as soon as it has answered. `refused`: an API
   * rejected the tokens of this version.
   */
  async fresh(
    context: RenewalContext,
    open: OpenSession,
    refused: number | null = null,
  ): Promise<OpenSession | null> {
    const { row } = open;
    const { now, wait } = context.options;
    if (decideRenewal(row, { now: now(), refused }).type === 'serve') return open;
    const isUsable = () => now() < row.tokensExpireAt && refused !== row.version;
    const running = this.runningOf(context, refused);
    if (running !== undefined && isUsable()) return open;
    const { result } = running ?? this.start(context, open, refused);
    // A failure is not for a caller who has a valid token left. It may have expired meanwhile.
    const kept = result.catch((error: unknown) => {
      if (error instanceof SessionUnavailableError && isUsable()) return open;
      throw error;
    });
    // A token that does not outlive the brief wait is no reason to give up early.
    const outlives = isUsable() && now() + BRIEF_WAIT_MS < row.tokensExpireAt;
    return within(kept, {
      ms: outlives ? BRIEF_WAIT_MS : REQUEST_WAIT_MS,
      wait,
      otherwise: () =>
        isUsable() ? Promise.resolve(open) : Promise.reject(unavailable('timeout', SECOND_MS)),
    });
  }

  /**
   * A run that is older than an attempt is not joined: the process may have been frozen. One that holds an answer of Cognito is
   * joined for longer, by every request of the session: another refresh would send a refresh token that is spent.
   */
  private runningOf({ key, options }: RenewalContext, refused: number | null): Run | undefined {
    const session = nameOf(key);
    const now = options.now();
    const answered = this.answered.get(session);
    if (answered !== undefined && isWithin(ANSWERED_LIFETIME_MS, answered, now)) return answered;
    const running = this.runs.get(`${session} ${String(refused)}`);
    return running !== undefined && isWithin(ATTEMPT_LIFETIME_MS, running, now) ? running : undefined;
  }

  private start(context: RenewalContext, open: OpenSession, refused: number | null): Run {
    const session = nameOf(context.key);
    const name = `${session} ${String(refused)}`;
    const result = runRenewal(context, open, {
      refused,
      onAnswer: () => this.answered.set(session, run),
      onSettled: () => forget(this.answered, session, run),
    });
    const run = { result, startedAt: context.options.now() };
    this.runs.set(name, run);
    const forgetRun = () => forget(this.runs, name, run);
    // Its callers may have stopped waiting: a failure is reported to those who have not.
    result.then(forgetRun, forgetRun);
    return run;
  }
}

function nameOf({ sub, sidHash }: SessionKey): string {
  return `${sub} ${sidHash}`;
}

function isWithin(lifetimeMs: number, { startedAt }: Run, now: number): boolean {
  return Math.abs(now - startedAt) < lifetimeMs;
}

function forget(runs: Map<string, Run>, name: string, run: Run): void {
  if (runs.get(name) === run) runs.delete(name);
}
