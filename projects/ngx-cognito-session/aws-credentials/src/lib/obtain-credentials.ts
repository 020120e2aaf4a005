import { DestroyRef, inject, NgZone, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  SESSION_CLOCK,
  SESSION_LOGGER,
  SessionError,
  SessionService,
  ɵafterActiveTime,
  ɵbackOffMs,
  ɵRANDOM_SOURCE,
  ɵSESSION_SCHEDULER,
  ɵshareRun,
  ɵWAKE_SIGNALS,
} from 'ngx-cognito-session';
import { catchError, defer, last, map, merge, noop, take, type Observable } from 'rxjs';
import type { AwsCredentials } from './aws-credentials';
import { AwsCredentialsError } from './aws-credentials-error';
import { credentialsTies } from './credentials-ties';
import { untilDeadMs, type Failure, type Holding, type Holdings } from './holding';
import { identityExchange } from './identity-exchange';
import { ONLINE_WAIT_MS, RUN_LIMIT_MS } from './numbers';
import { GUEST, superseded } from './owner';
import type { ResolvedOptions } from './resolved-options';

/** The one way to new credentials: one run for all callers, and none while the back-off lasts. */
export interface ObtainCredentials {
  /**
   * Cold; one value. Joins the run of this owner, or starts one. Unsubscribing cancels nothing. Errors with the failure of the run,
   * with the last failure while the back-off lasts, and with `superseded` when the owner is another one.
   */
  readonly obtain: (holding: Holding) => Observable<AwsCredentials>;
  /** The credentials that are valid now. Throws the reason why there are none. */
  readonly valid: (holding: Holding) => AwsCredentials;
}

/** Needs an injection context. */
export function obtainCredentials(
  { current, change }: Holdings,
  options: ResolvedOptions,
): ObtainCredentials {
  const session = inject(SessionService);
  const clock = inject(SESSION_CLOCK);
  const scheduler = inject(ɵSESSION_SCHEDULER);
  const random = inject(ɵRANDOM_SOURCE);
  const logger = inject(SESSION_LOGGER);
  const zone = inject(NgZone);
  const destroyRef = inject(DestroyRef);
  const exchange = identityExchange(options);
  const tie = credentialsTies(options);

  // The device came online: the next attempt need not wait for the rest of the back-off.
  inject(ɵWAKE_SIGNALS)
    .pipe(takeUntilDestroyed())
    .subscribe((signal) => {
      const { failure } = current();
      if (signal === 'online' && failure?.error.code === 'networkError')
        failure.untilMs = clock.monotonic() + ONLINE_WAIT_MS * random.number();
    });

  const valid = (holding: Holding): AwsCredentials => {
    if (current() !== holding) throw superseded();
    if (holding.held !== null && untilDeadMs(holding) > 0) return holding.held.credentials;
    throw (
      holding.failure?.error ?? new AwsCredentialsError('invalidResponse', 'The credentials have expired.')
    );
  };

  const fail = (holding: Holding, cause: unknown): Failure['error'] => {
    const isKnown = cause instanceof AwsCredentialsError || cause instanceof SessionError;
    const error = isKnown ? cause : foreignError(cause);
    // Those of the tokens are counted, and reported, where they happen.
    const before = holding.failure?.error.name === error.name ? holding.failure : null;
    const count = (before?.count ?? 0) + 1;
    const untilMs = clock.monotonic() + ɵbackOffMs(count, random.number());
    holding.failure = { error, count, untilMs };
    if (error instanceof AwsCredentialsError || before === null)
      logger.error(`AWS credentials: ${error.message}`, error);
    change();
    return error;
  };

  const start = (holding: Holding): Observable<unknown> => {
    const limit$ = ɵafterActiveTime(RUN_LIMIT_MS, clock, scheduler).pipe(
      map(() => {
        throw new AwsCredentialsError('networkError', 'There was no answer within 20 s.');
      }),
    );
    const sub = untracked(session.user)?.sub ?? GUEST;
    const run$ = merge(holding.dropped, exchange(sub), limit$).pipe(
      take(1),
      // A caller that is served may sign out. That no longer concerns this run.
      last(),
      map((found) => {
        // The session may have changed before this was noticed.
        if (current() !== holding) throw superseded();
        holding.held = tie(found);
        holding.failure = holding.run$ = null;
        change();
      }),
      catchError((cause: unknown) => {
        holding.run$ = null;
        if (current() !== holding) throw superseded();
        throw fail(holding, cause);
      }),
      takeUntilDestroyed(destroyRef),
      ɵshareRun(),
    );
    holding.run$ = run$;
    zone.runOutsideAngular(() => run$.subscribe({ error: noop }));
    return run$;
  };

  return {
    valid,
    obtain: (holding) =>
      defer(() => {
        const { failure } = holding;
        // Failures of tokens have a back-off of their own.
        if (failure?.error instanceof AwsCredentialsError && clock.monotonic() < failure.untilMs)
          throw failure.error;
        // A caller that is served first may sign out.
        return (holding.run$ ?? start(holding)).pipe(map(() => valid(holding)));
      }),
  };
}

/** Of a function of `logins`. */
function foreignError(cause: unknown): AwsCredentialsError {
  return new AwsCredentialsError(
    'serviceError',
    'Code of the app has failed.',
    new SessionError('serviceError', '', { cause }),
  );
}
