import { inject } from '@angular/core';
import {
  catchError,
  defer,
  map,
  merge,
  of,
  retry,
  switchMap,
  take,
  tap,
  throwError,
  timeout,
  timer,
  type MonoTypeOperatorFunction,
  type Observable,
} from 'rxjs';
import { TOKEN_VERIFIER } from '../cognito/token-verifier';
import { VERIFICATION_LIMIT_MS, VERIFICATION_MARGIN_MS, VERIFICATION_PAUSE_MS } from '../config/numbers';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import type { ActiveSession } from '../core/active-session';
import type { RecordStep } from '../core/record-step';
import { nextBackoff, waitAfterMs } from '../core/renewal-failure';
import { liveRecord, type LiveRecord, type RecordReading } from '../core/session-record';
import type { RawTokens } from '../core/token-set';
import { SessionError } from '../errors/session-error';
import { RANDOM_SOURCE } from '../platform/random';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { WAKE_SIGNALS } from '../platform/wake-signals';
import { SessionStore } from '../state/session-store';
import { StoredRecord } from '../storage/stored-record';
import { EndedSessions } from './ended-sessions';
import { FailureReport, toSessionError } from './failure-report';
import { SessionFactory } from './session-factory';
import type { Verification } from './verification';

/**
 * Asks the verifier about all tokens that do not come from Cognito in an answer to this page: those that the app hands over,
 * and those of the record, which any script of the origin can write.
 */
export class TokenVerification implements Verification {
  readonly #verifier = inject(TOKEN_VERIFIER);
  readonly #config = inject(RESOLVED_CONFIG);
  readonly #store = inject(SessionStore);
  readonly #record = inject(StoredRecord);
  readonly #factory = inject(SessionFactory);
  readonly #ended = inject(EndedSessions);
  readonly #report = inject(FailureReport);
  readonly #clock = inject(SESSION_CLOCK);
  readonly #scheduler = inject(SESSION_SCHEDULER);
  readonly #random = inject(RANDOM_SOURCE);
  readonly #wakeSignals = inject(WAKE_SIGNALS);
  #forged = '';
  /** The last verification of a stored session that failed. */
  #failed:
    (Pick<LiveRecord, 'sid' | 'gen'> & { readonly error: SessionError; readonly atMs: number }) | null = null;
  /** How many verifications failed in a row. */
  #failures = 0;

  /** `restore.remainingMs`: how long callers wait until it is known whether the user is signed in. */
  constructor(private readonly restore: { readonly remainingMs: number }) {
    if (this.#config.userPoolId === undefined)
      throw new SessionError('invalidConfiguration', 'userPoolId: withTokenVerification() needs it.');
  }

  check<T>({ accessToken, idToken }: RawTokens, result: T): Observable<T> {
    return defer(() => {
      const key = keyOf({ accessToken, idToken });
      if (this.#isKnown(key)) return of(result);
      return this.#verifier
        .verify({ accessToken, ...(idToken !== undefined && { idToken }) }, this.#config)
        .pipe(
          timeout({ first: VERIFICATION_LIMIT_MS, scheduler: this.#scheduler, with: () => throwError(late) }),
          take(1),
          map(() => {
            this.#failures = 0;
            return result;
          }),
          catchError((cause: unknown) => {
            const error = toSessionError(cause);
            if (isForgery(error)) this.#forged = key;
            throw error;
          }),
        );
    });
  }

  checkNew<T>(tokens: RawTokens, result: T): Observable<T> {
    return this.#patiently(this.check(tokens, result), VERIFICATION_LIMIT_MS);
  }

  readonly readings: MonoTypeOperatorFunction<RecordReading> = switchMap((reading: RecordReading) => {
    const stored = liveRecord(reading);
    const active = stored === null ? null : this.#open(stored);
    if (stored === null || active === null) return of(reading);
    // No page writes generation 0, which stands for a session that is not verified.
    if (stored.gen === UNVERIFIED || this.#isForged(stored)) return of<RecordReading>('corrupt');
    return this.#checkInTime(reading, active).pipe(
      catchError((error: SessionError) => {
        if (!isForgery(error)) throw error;
        this.#report.tell(error);
        return of<RecordReading>('corrupt');
      }),
    );
  });

  take<T>(step: RecordStep<T>, genuine: RawTokens): Observable<T> {
    const taken$ = this.#record.update((reading) => {
      const stored = liveRecord(reading);
      return step(stored !== null && this.#isForged(stored) ? 'corrupt' : reading);
    });
    return taken$.pipe(
      switchMap((taken) => {
        const tokens = tokensIn(taken);
        return tokens === null || keyOf(tokens) === keyOf(genuine) ? of(taken) : this.check(tokens, taken);
      }),
      catchError((error: unknown) => {
        if (!isForgery(toSessionError(error))) throw error;
        return this.take(step, genuine);
      }),
    );
  }

  /** At start it is tried again until the time of the restore is over. Afterwards the look fails, and another one follows. */
  #checkInTime(reading: RecordReading, active: ActiveSession): Observable<RecordReading> {
    const { sid, gen } = active;
    const checked$ = this.check(active.tokens, reading).pipe(
      tap({
        error: (error: SessionError) => {
          if (!isForgery(error)) this.#failed = { sid, gen, error, atMs: this.#clock.monotonic() };
        },
      }),
    );
    if (this.#isRestoring) return this.#checkPatiently(reading, active, checked$);
    const last = this.#failed;
    const isPaused =
      last?.sid === sid && last.gen === gen && this.#clock.monotonic() - last.atMs < VERIFICATION_PAUSE_MS;
    return isPaused ? throwError(() => last.error) : checked$;
  }

  #checkPatiently(
    reading: RecordReading,
    active: ActiveSession,
    checked$: Observable<RecordReading>,
  ): Observable<RecordReading> {
    // Callers give up at the end of the restore. They must find the session before.
    return this.#patiently(checked$, this.restore.remainingMs - VERIFICATION_MARGIN_MS).pipe(
      catchError((error: SessionError) => {
        if (isForgery(error)) throw error;
        // Another tab has signed out meanwhile.
        if (liveRecord(this.#ended.honour(reading)) === null) return of(reading);
        if (this.#isRestoring) this.#holdUnverified(active, error);
        throw error;
      }),
    );
  }

  /** Tries again after each transient failure, until the time is over. Errors with the last failure. */
  #patiently<T>(checked$: Observable<T>, limitMs: number): Observable<T> {
    let last = late();
    return checked$.pipe(
      retry({
        delay: (error: SessionError) => {
          last = error;
          return isForgery(error) ? throwError(() => error) : this.#nextTry();
        },
      }),
      timeout({
        first: Math.max(0, limitMs),
        scheduler: this.#scheduler,
        with: () => throwError(() => last),
      }),
    );
  }

  /**
   * `stale`: the session is held without its tokens, as an outdated generation. A caller that needs a token finds the newer one
   * in the record, and the look that takes it over verifies it.
   */
  #holdUnverified(found: ActiveSession, error: SessionError): void {
    const { sid } = found;
    const nowMs = this.#clock.now();
    const backoff = nextBackoff(error.code, this.#failures, this.#config.retry, nowMs, this.#random.number());
    const active: ActiveSession = {
      ...found,
      gen: UNVERIFIED,
      tokens: { ...found.tokens, accessToken: '', idToken: undefined, refreshToken: '' },
      diesAtMs: 0,
    };
    this.#report.log(error);
    this.#store.apply({ type: 'adopted', active, origin: 'otherTab' });
    this.#store.apply({ type: 'suspected', sid });
    this.#store.apply({
      type: 'failed',
      sid,
      gen: UNVERIFIED,
      failure: { ...backoff, error, waitMs: backoff.until - nowMs },
      stale: true,
      reported: 'thisTab',
    });
  }

  /** After a wait that grows, or when the page or the network wakes up. */
  #nextTry(): Observable<unknown> {
    const waitMs = waitAfterMs(++this.#failures, this.#config.retry, this.#random.number());
    return merge(timer(waitMs, this.#scheduler), this.#wakeSignals).pipe(take(1));
  }

  get #isRestoring(): boolean {
    const { status, active } = this.#store.state;
    return status === 'restoring' && active === null;
  }

  /** The tokens in the state are verified, or Cognito sent them in an answer to this page. */
  #isKnown(key: string): boolean {
    const { active } = this.#store;
    return active !== null && key === keyOf(active.tokens);
  }

  #isForged({ tokens }: LiveRecord): boolean {
    return keyOf(tokens) === this.#forged;
  }

  /** `null`: tokens that are not of this app client and pool need no keys to be rejected. */
  #open(stored: LiveRecord): ActiveSession | null {
    try {
      return this.#factory.fromStored(stored);
    } catch {
      return null;
    }
  }
}

/** The generation of a session that is held although it could not be verified. */
const UNVERIFIED = 0;

function late(): SessionError {
  return new SessionError('timeout', 'The tokens could not be verified in time.');
}

function keyOf({ accessToken, idToken = '' }: RawTokens): string {
  return `${accessToken} ${idToken}`;
}

function isForgery({ code }: SessionError): boolean {
  return code === 'invalidToken';
}

/** The tokens of the session that a step has given. */
function tokensIn(taken: unknown): RawTokens | null {
  return typeof taken === 'object' && taken !== null && 'tokens' in taken
    ? (taken.tokens as RawTokens)
    : null;
}
