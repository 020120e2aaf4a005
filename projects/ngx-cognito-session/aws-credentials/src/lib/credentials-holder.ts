import { inject, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  SESSION_CLOCK,
  SESSION_LOGGER,
  SessionError,
  SessionService,
  ɵafterActiveTime,
  ɵRANDOM_SOURCE,
  ɵSESSION_SCHEDULER,
  ɵshareRun,
  ɵWAKE_SIGNALS,
} from 'ngx-cognito-session';
import {
  BehaviorSubject,
  catchError,
  defer,
  filter,
  last,
  map,
  merge,
  noop,
  takeUntil,
  throwIfEmpty,
  type Observable,
} from 'rxjs';
import { AwsCredentialsError } from './aws-credentials-error';
import type { Failure, Holding } from './holding';
import { identityExchange } from './identity-exchange';
import { backOffMs, ONLINE_WAIT_MS, RUN_LIMIT_MS } from './numbers';
import { ownerOf, superseded, type Owner } from './owner';
import { RESOLVED_OPTIONS } from './resolved-options';

/** Holds the credentials of the session's owner: the one place that changes a holding. */
export interface CredentialsHolder {
  /** Whose credentials are held now. Reads the session's signal. */
  readonly owner: () => Owner;
  /**
   * The holding of now, with credentials only while they can be handed out. Drops that of a former owner, also before the session's
   * subscribers learn of the change.
   */
  readonly current: () => Holding;
  /** Hot; replays, and emits after each change. Completes when the injector is destroyed. */
  readonly changed$: Observable<Holding>;
  /**
   * New credentials: joins the run in flight, or starts one. Cold; emits once they are held. Unsubscribing cancels nothing. Errors with
   * `noSession` if there is no owner, with the failure of the run, and with the last failure while the back-off lasts.
   */
  readonly obtain$: Observable<unknown>;
}

/** Follows the session, whether or not there are subscribers. Needs an injection context. */
export function credentialsHolder(): CredentialsHolder {
  const { guests } = inject(RESOLVED_OPTIONS);
  const session = inject(SessionService);
  const clock = inject(SESSION_CLOCK);
  const scheduler = inject(ɵSESSION_SCHEDULER);
  const random = inject(ɵRANDOM_SOURCE);
  const logger = inject(SESSION_LOGGER);
  const exchange = identityExchange();
  const untilDestroyed = takeUntilDestroyed<unknown>();
  const changes = new BehaviorSubject<Holding>({ owner: undefined });

  const owner = () => ownerOf(session.session(), guests);

  const current = (): Holding => {
    const holding = changes.value;
    const now = untracked(owner);
    if (now !== holding.owner) changes.next({ owner: now });
    else if (holding.held && holding.held.untilDeadMs() <= 0) {
      holding.held = undefined;
      changes.next(holding);
    }
    return changes.value;
  };

  const fail = (holding: Holding, error: Failure['error']): void => {
    const { failure } = holding;
    // Failures of the tokens are a row of their own. They are reported where they happen as well.
    const count = failure?.error.name === error.name ? failure.count + 1 : 1;
    if (error instanceof AwsCredentialsError || count === 1)
      logger.error(`AWS credentials: ${error.message}`, error);
    holding.failure = { error, count, untilMs: clock.monotonic() + backOffMs(count, random.number()) };
  };

  const start = (holding: Holding): Observable<unknown> => {
    const isOther$ = changes.pipe(filter((now) => now !== holding));
    const limit$ = ɵafterActiveTime(RUN_LIMIT_MS, clock, scheduler);
    const run$ = exchange(untracked(session.user)?.sub).pipe(
      // Requests on their way are aborted.
      takeUntil(merge(isOther$, limit$)),
      throwIfEmpty(() => new AwsCredentialsError('networkError', 'Cognito did not answer within 20 s.')),
      // A caller that is served may sign out. That no longer concerns this run.
      last(),
      map((held) => {
        holding.held = held;
        holding.run$ = holding.failure = undefined;
        changes.next(current());
      }),
      catchError((error: Failure['error']) => {
        holding.run$ = undefined;
        if (current() !== holding) throw superseded();
        fail(holding, error);
        changes.next(holding);
        throw error;
      }),
      untilDestroyed,
      ɵshareRun(),
    );
    holding.run$ = run$;
    run$.subscribe({ error: noop });
    return run$;
  };

  const obtain$ = defer(() => {
    const holding = current();
    const { failure } = holding;
    if (typeof holding.owner !== 'string')
      throw new SessionError('noSession', 'The user is not signed in, and guests are not enabled.');
    // Failures of the tokens have a back-off of their own.
    if (failure?.error instanceof AwsCredentialsError && clock.monotonic() < failure.untilMs)
      throw failure.error;
    return holding.run$ ?? start(holding);
  });

  session.session$.pipe(untilDestroyed, map(current)).subscribe(changes);
  // The device came online: the next attempt need not wait for the rest of the back-off.
  inject(ɵWAKE_SIGNALS)
    .pipe(untilDestroyed)
    .subscribe((signal) => {
      const { failure } = changes.value;
      if (signal === 'online' && failure?.error.code === 'networkError')
        failure.untilMs = clock.monotonic() + ONLINE_WAIT_MS * random.number();
    });
  return { owner, current, changed$: changes, obtain$ };
}
