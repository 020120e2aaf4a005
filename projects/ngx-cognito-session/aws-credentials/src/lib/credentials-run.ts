import { DestroyRef, inject, NgZone, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  SESSION_CLOCK,
  SESSION_LOGGER,
  SessionError,
  SessionService,
  ɵafterActiveTime,
  ɵanchorAt,
  ɵbackOffMs,
  ɵdiesAtMs,
  ɵRANDOM_SOURCE,
  ɵreadClock,
  ɵrefreshDueAtMs,
  ɵserverClock,
  ɵSESSION_SCHEDULER,
  ɵshareRun,
  ɵWAKE_SIGNALS,
} from 'ngx-cognito-session';
import {
  defer,
  filter,
  map,
  merge,
  noop,
  skip,
  take,
  takeUntil,
  tap,
  throwError,
  type Observable,
} from 'rxjs';
import type { AwsCredentials } from './aws-credentials';
import { AwsCredentialsError } from './aws-credentials-error';
import { CredentialsState } from './credentials-state';
import type { Failure, HeldCredentials } from './held-credentials';
import { IdentityExchange } from './identity-exchange';
import { ONLINE_WAIT_MS, RUN_LIMIT_MS } from './numbers';
import type { PoolCredentials } from './pool-answer';
import { RESOLVED_OPTIONS } from './resolved-options';

/** The one way to new credentials: one run for all callers, and none while the back-off lasts. */
export class CredentialsRun {
  readonly #session = inject(SessionService);
  readonly #state = inject(CredentialsState);
  readonly #exchange = inject(IdentityExchange);
  readonly #options = inject(RESOLVED_OPTIONS);
  readonly #clock = inject(SESSION_CLOCK);
  readonly #scheduler = inject(ɵSESSION_SCHEDULER);
  readonly #random = inject(ɵRANDOM_SOURCE);
  readonly #wakeSignals = inject(ɵWAKE_SIGNALS);
  readonly #logger = inject(SESSION_LOGGER);
  readonly #zone = inject(NgZone);
  readonly #destroyRef = inject(DestroyRef);
  #running: { readonly owner: string; readonly run$: Observable<unknown> } | null = null;

  /**
   * Cold; one value. Joins the run of this owner, or starts one. Unsubscribing cancels nothing. Errors with the failure of the run,
   * with the last failure while the back-off lasts, and with `superseded` when the owner is another one.
   */
  credentials(owner: string): Observable<AwsCredentials> {
    return defer(() => {
      const { failure } = this.#state;
      // Failures of tokens have a back-off of their own.
      if (failure?.error instanceof AwsCredentialsError && this.#clock.monotonic() < failure.untilMs)
        return throwError(() => failure.error);
      const run$ = this.#running?.owner === owner ? this.#running.run$ : this.#start(owner);
      // A caller that is served first may sign out.
      return run$.pipe(map(() => this.valid(owner)));
    });
  }

  /** The credentials of this owner that are valid now. Throws the reason why there are none. */
  valid(owner: string): AwsCredentials {
    const held = this.#state.heldBy(owner);
    if (held !== null) return held.credentials;
    if (this.#state.follow() !== owner) throw superseded();
    throw this.#state.failure?.error ?? expired();
  }

  #start(owner: string): Observable<unknown> {
    const sub = untracked(this.#session.session)?.user.sub ?? '';
    const limit$ = ɵafterActiveTime(RUN_LIMIT_MS, this.#clock, this.#scheduler).pipe(
      map(() => {
        throw new AwsCredentialsError('networkError', 'There was no answer within 20 s.');
      }),
    );
    const leave = () => {
      if (this.#running?.run$ === run$) this.#running = null;
    };
    const run$ = merge(this.#state.dropped$, this.#exchange.credentials(sub), limit$).pipe(
      take(1),
      map(({ value, dateMs }) => {
        // The session may have changed before this was noticed.
        if (this.#state.follow() !== owner) throw superseded();
        return this.#tied(value, dateMs);
      }),
      tap({
        next: (held) => {
          leave();
          this.#state.hold(held);
        },
        error: (error: unknown) => {
          leave();
          if (this.#state.follow() === owner) this.#fail(error);
        },
      }),
      takeUntilDestroyed(this.#destroyRef),
      ɵshareRun(),
    );
    this.#running = { owner, run$ };
    this.#zone.runOutsideAngular(() => run$.subscribe({ error: noop }));
    return run$;
  }

  /** Throws for credentials that have expired by the server's clock. */
  #tied({ expirationMs, ...keys }: PoolCredentials, dateMs: number): HeldCredentials {
    const reading = ɵreadClock(this.#clock);
    const drift = untracked(this.#session.session)?.clockDrift;
    // A guest has no tokens that tell the server's time.
    const dateDriftMs = Number.isNaN(dateMs) ? 0 : dateMs - reading.wallMs;
    const driftMs = drift === undefined ? dateDriftMs : drift * 1000;
    const serverNowMs = ɵserverClock(ɵanchorAt(driftMs, reading), ɵreadClock.bind(null, this.#clock));
    const lifetimeMs = expirationMs - serverNowMs();
    if (!(lifetimeMs > 0)) throw expired();
    const diesAtMs = ɵdiesAtMs(expirationMs, lifetimeMs);
    const dueAtMs = ɵrefreshDueAtMs(expirationMs, lifetimeMs, this.#options.bufferMs, this.#random.number());
    return {
      credentials: Object.freeze({ ...keys, expiration: new Date(expirationMs) }),
      serverNowMs,
      diesAtMs,
      dueAtMs: Math.min(dueAtMs, diesAtMs),
    };
  }

  #fail(cause: unknown): void {
    const error =
      cause instanceof AwsCredentialsError || cause instanceof SessionError
        ? cause
        : new AwsCredentialsError('serviceError', 'An unexpected error.');
    const count = (this.#state.failure?.count ?? 0) + 1;
    const untilMs = this.#clock.monotonic() + ɵbackOffMs(count, this.#random.number());
    this.#state.fail({ error, count, untilMs });
    if (error instanceof AwsCredentialsError) this.#log(error);
    if (error.code === 'networkError') this.#comeForward({ error, count, untilMs });
  }

  /** The device came online: the next attempt need not wait for the rest of the back-off. */
  #comeForward(failure: Failure): void {
    const next$ = this.#state.known$.pipe(skip(1));
    this.#wakeSignals
      .pipe(
        filter((signal) => signal === 'online'),
        take(1),
        takeUntil(next$),
        takeUntilDestroyed(this.#destroyRef),
      )
      .subscribe(() => {
        const soonMs = this.#clock.monotonic() + ONLINE_WAIT_MS * this.#random.number();
        this.#state.fail({ ...failure, untilMs: Math.min(failure.untilMs, soonMs) });
      });
  }

  #log({ code, message, serviceError, cause }: AwsCredentialsError): void {
    this.#logger.error(`AWS credentials: ${code}: ${message}`, {
      code,
      ...(serviceError && { serviceError }),
      ...(cause && { cause }),
    });
  }
}

function superseded(): SessionError {
  return new SessionError('superseded', 'Another session has begun, or the session has ended.');
}

function expired(): AwsCredentialsError {
  return new AwsCredentialsError('invalidResponse', 'The credentials had expired before they arrived.');
}
