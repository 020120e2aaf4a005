import { decideRenewal } from '../model/decide-renewal';
import { ATTEMPT_LIFETIME_MS, BRIEF_WAIT_MS, REQUEST_WAIT_MS, SECOND_MS } from '../model/numbers';
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
    if (now >= row.tokensExpireAt || refused === row.version)
      return within(result, {
        ms: REQUEST_WAIT_MS,
        wait,
        otherwise: () => Promise.reject(unavailable('timeout', SECOND_MS)),
      });
    // A valid token is left: a failure is not for this caller, and of the wait a part may have passed.
    const kept = result.catch((error: unknown) => {
      if (error instanceof SessionUnavailableError) return open;
      throw error;
    });
    const left = Math.max(0, startedAt + BRIEF_WAIT_MS - now);
    return within(kept, { ms: left, wait, otherwise: () => Promise.resolve(open) });
  }

  /** A run that is older than an attempt is not joined: the process may have been frozen. */
  private joinOrStart(context: RenewalContext, open: OpenSession, refused: number | null): Run {
    const name = `${context.key.sub} ${context.key.sidHash} ${String(refused)}`;
    const now = context.options.now();
    const running = this.runs.get(name);
    if (running !== undefined && Math.abs(now - running.startedAt) < ATTEMPT_LIFETIME_MS) return running;
    const result = runRenewal(context, open, refused);
    const run = { result, startedAt: now };
    this.runs.set(name, run);
    const forget = () => {
      if (this.runs.get(name) === run) this.runs.delete(name);
    };
    // Its callers may have stopped waiting: a failure is reported to those who have not.
    result.then(forget, forget);
    return run;
  }
}
