import { computed, inject, NgZone, type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { SESSION_CLOCK, ɵenterZone, ɵstartCommand, type SessionError } from 'ngx-cognito-session';
import {
  distinctUntilChanged,
  firstValueFrom,
  map,
  noop,
  skip,
  type MonoTypeOperatorFunction,
  type Observable,
} from 'rxjs';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider, AwsCredentials } from './aws-credentials';
import type { AwsCredentialsError } from './aws-credentials-error';
import { answerCallers } from './answer-callers';
import type { AwsSession } from './aws-session';
import { sessionCollector } from './collect-session';
import { credentialsHolder } from './credentials-holder';
import { knownOf, type Holding } from './holding';
import { keepFresh } from './keep-fresh';
import { PROVIDER_EXPIRY_MS } from './numbers';

declare const ngDevMode: unknown;

/**
 * Temporary AWS credentials of the signed-in user, or of a guest: one set for all callers and all SDK clients. They are dropped
 * in the task in which the user signs out or another user signs in. Failures never change the session, and everything is
 * delivered inside the Angular zone.
 *
 * ```ts
 * @Component({
 *   selector: 'app-identity',
 *   changeDetection: ChangeDetectionStrategy.OnPush,
 *   template: `@if (aws.credentials(); as held) { {{ held.identityId }} }`,
 * })
 * export class Identity {
 *   protected readonly aws = inject(AwsCredentialsService);
 * }
 * ```
 */
export class AwsCredentialsService {
  readonly #clock = inject(SESSION_CLOCK);
  readonly #zone = inject(NgZone);
  readonly #holder = credentialsHolder();
  readonly #answer = answerCallers(this.#holder);
  readonly #collect = sessionCollector(this.#holder, this.#answer);
  readonly #seen: Signal<Holding> = toSignal(
    // Not through the zone at first: creating the service outside of it would cause change detection.
    this.#holder.changed$.pipe(skip(1), this.#inZone()),
    // It is the same object after a change.
    { initialValue: this.#holder.current(), equal: () => false },
  );

  /**
   * Hot; replays what is known, silent until then. While there are subscribers, credentials are obtained and refreshed ahead of
   * their expiry. `null`: there are none, because the user is signed out and guests are not enabled, after a failure, while
   * those of another user are obtained, and on a server. Never errors: see `error`. Completes when the injector is destroyed.
   */
  readonly credentials$: Observable<AwsCredentials | null> = keepFresh(this.#holder).pipe(this.#inZone());

  /** Hot; the identity in the identity pool, from the same source: subscribing obtains credentials. */
  readonly identityId$: Observable<string | null> = this.credentials$.pipe(
    map((credentials) => credentials?.identityId ?? null),
    distinctUntilChanged(),
  );

  /** The credentials held now; `null` if there are none. Reading it makes no calls, so without subscribers of `credentials$` they may have expired. */
  readonly credentials: Signal<AwsCredentials | null> = computed(() => knownOf(this.#own()) ?? null);

  /** Why the last attempt has failed; `null` after a success, and for another user. */
  readonly error: Signal<AwsCredentialsError | SessionError | null> = computed(
    () => this.#own().failure?.error ?? null,
  );

  /**
   * For the option `credentials` of AWS SDK clients. Each client asks at each request and is answered from memory, so that after a
   * sign-out no client uses the keys of the former user. Rejects as `getCredentials` errors.
   *
   * ```ts
   * const s3 = new S3Client({ region: 'eu-west-1', credentials: inject(AwsCredentialsService).provider });
   * ```
   */
  readonly provider: AwsCredentialIdentityProvider = (options) =>
    firstValueFrom(this.#answer(options?.forceRefresh).pipe(map((credentials) => this.#forSdk(credentials))));

  /**
   * Query; cold, one value: credentials that are valid now, from memory if no refresh is due. Inside the buffer it waits at most 3 s
   * for the refresh, then gives those that are still valid. Errors with `AwsCredentialsError`, and with `SessionError`: `noSession` if
   * the user is signed out and guests are not enabled, `superseded` if another user signs in meanwhile, `tokensOnServer` with
   * `provideServerSession`, and as `getIdToken` does.
   */
  getCredentials(): Observable<AwsCredentials> {
    return this.#answer().pipe(this.#inZone());
  }

  /**
   * Command; obtains new credentials now, and joins a run in flight. Starts immediately, subscribed or not, and replays the outcome.
   * Errors as `getCredentials` does, and with the last failure while its back-off lasts.
   */
  forceRefresh(): Observable<AwsCredentials> {
    // A failure without subscribers is in `error` and in the log.
    return ɵstartCommand(this.#answer(true), noop).pipe(this.#inZone());
  }

  /**
   * Query; cold, one value, never errors: tokens, credentials, identity and user together. The failure of one part does not hide the
   * other. An identity pool that does not answer delays it by up to 20 s. `forceRefresh` refreshes the tokens, then the credentials.
   */
  awsSession(options: { forceRefresh?: boolean } = {}): Observable<AwsSession> {
    return this.#collect(options.forceRefresh).pipe(this.#inZone());
  }

  /** Nothing of another owner: the session has changed already. */
  #own(): Holding {
    const owner = this.#holder.owner();
    return this.#seen().owner === owner ? this.#seen() : { owner };
  }

  #forSdk(credentials: AwsCredentials): AwsCredentialIdentity {
    const remainingMs = Math.min(PROVIDER_EXPIRY_MS, this.#holder.current().held?.untilDeadMs() ?? 0);
    // By the device's clock, as the client compares it.
    return { ...credentials, expiration: new Date(this.#clock.now() + remainingMs) };
  }

  #inZone<T>(): MonoTypeOperatorFunction<T> {
    return ɵenterZone(this.#zone);
  }
}

// Angular's message about a missing provider contains this name.
if (typeof ngDevMode === 'undefined' || ngDevMode)
  Object.assign(AwsCredentialsService, {
    overriddenName: 'AwsCredentialsService (of provideAwsCredentials)',
  });
