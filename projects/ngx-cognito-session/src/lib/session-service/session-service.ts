import { inject, Injector, NgZone, type Signal } from '@angular/core';
import {
  catchError,
  filter,
  identity,
  ignoreElements,
  map,
  merge,
  of,
  switchMap,
  take,
  tap,
  type MonoTypeOperatorFunction,
  type Observable,
} from 'rxjs';
import type { Session } from '../core/session';
import type { SessionEvent } from '../core/session-event';
import type { SessionState } from '../core/session-state';
import { isSameUser, type SessionUser } from '../core/session-user';
import type { TokenInput } from '../core/token-input';
import { toAuthTokens, type AuthTokens } from '../core/token-set';
import type { SessionError } from '../errors/session-error';
import { FailureReport, toSessionError } from '../lifecycle/failure-report';
import { shareRun } from '../platform/share-run';
import type { SignInOptions } from '../lifecycle/sign-in';
import type { SignOutOptions } from '../lifecycle/sign-out';
import { startCommand } from '../platform/start-command';
import { enterZone } from '../platform/enter-zone';
import { readClock, SESSION_CLOCK } from '../platform/session-clock';
import { SessionStore } from '../state/session-store';
import { idTokenOf } from './id-token-of';
import { RestoreWait } from './restore-wait';
import { SESSION_SOURCE } from './session-source';

declare const ngDevMode: unknown;

/**
 * The session of the signed-in user: its state as observables and signals, its tokens, its commands.
 *
 * Commands (`initialize`, `setTokens`, `forceRefresh`, `signOut`) start immediately, subscribed or not, and return an
 * observable that replays the outcome. A failure without subscribers still reaches `events$` and the logger. Queries
 * (`get…`) are cold and complete after one value. Everything is delivered inside the Angular zone, once per published
 * change. All errors are `SessionError`s.
 *
 * ```ts
 * @Component({
 *   selector: 'app-greeting',
 *   changeDetection: ChangeDetectionStrategy.OnPush,
 *   template: `@if (session.user(); as user) { Hello {{ user.username }} }`,
 * })
 * export class Greeting {
 *   protected readonly session = inject(SessionService);
 * }
 * ```
 */
export class SessionService {
  /** For functions that are handed a service instead of being injected: `createAuthFetch`. */
  readonly ɵinjector = inject(Injector);
  readonly #store = inject(SessionStore);
  readonly #tokens = inject(SESSION_SOURCE).tokens;
  readonly #lifecycle$ = inject(SESSION_SOURCE).lifecycle$;
  readonly #restore = inject(RestoreWait);
  readonly #clock = inject(SESSION_CLOCK);
  readonly #report = inject(FailureReport);
  readonly #zone = inject(NgZone);
  #signOuts = 0;
  #started$: Observable<void> | null = null;
  readonly #accessToken$ = this.#tokens.live(({ tokens }) => tokens.accessToken);
  readonly #idToken$ = this.#tokens.live(idTokenOf);

  readonly #shared = this.#store.shared;

  /** Hot; replays the current state, then every change. Completes when the injector is destroyed. */
  readonly state$: Observable<SessionState> = this.#shared.stream<SessionState>(identity);

  /** Hot; silent while restoring, `null` when signed out; keeps the session while stale. One emission per refresh. */
  readonly session$: Observable<Session | null> = this.#shared.stream(sessionOf);

  /** Hot; silent while restoring. A stale session counts as signed in. */
  readonly isSignedIn$: Observable<boolean> = this.#shared.stream((state) =>
    state.status === 'restoring' ? undefined : 'session' in state,
  );

  /** Hot; events are never replayed and never coalesced. Completes when the injector is destroyed. */
  readonly events$: Observable<SessionEvent> = this.#store.events$;

  /** The current state: the last value of `state$`. */
  readonly state: Signal<SessionState> = this.#shared.signal<SessionState>(identity);
  /** The session held, a stale one included; `null` when signed out, `undefined` while it is not known yet. */
  readonly session: Signal<Session | null | undefined> = this.#shared.signal(sessionOf);
  /** Whether the user is signed in; `false` while it is not known yet. */
  readonly isSignedIn: Signal<boolean> = this.#shared.signal((state) => 'session' in state);
  /** The signed-in user; `null` if there is none, or while it is not known yet. The same object until the user changes. */
  readonly user: Signal<SessionUser | null> = this.#shared.signal((state) => sessionOf(state)?.user ?? null, {
    equal: isSameUser,
  });

  /**
   * Command; starts the restore unless it has been started, and emits once it is known whether the user is signed in, or
   * after 10 s with the session held then. Idempotent. Errors only for an invalid configuration. Fit for
   * `provideAppInitializer`.
   */
  initialize(): Observable<Session | null> {
    const started$ = this.#start();
    const known$ = this.#restore.known().pipe(
      // The error of the configuration follows.
      filter((state) => state.status !== 'signedOut' || state.reason !== 'configurationFailed'),
      map(({ active }) => active?.session ?? null),
      // Also after 10 s, and on a server, where nothing is restored here.
      catchError(() => of(this.session() ?? null)),
    );
    return this.#command(merge(known$, started$.pipe(ignoreElements())));
  }

  /**
   * Command; hands over the tokens of a sign-in, or newer tokens of the session held. SDK and token-endpoint shapes count
   * as just issued, so that `iat` gives the clock drift; `AuthTokens` only with `justIssued`. A bare refresh token is
   * refreshed first. Errors with `invalidToken` for anything that is not a token of this app client; the current session
   * is then untouched. Errors with `superseded` if a later command has overtaken it. Tokens that are not adopted are
   * revoked.
   *
   * ```ts
   * const answer = await cognito.send(new InitiateAuthCommand(input));
   * await firstValueFrom(session.setTokens(answer.AuthenticationResult ?? {}));
   * ```
   */
  setTokens(tokens: TokenInput, options: { justIssued?: boolean } = {}): Observable<Session> {
    return this.#beginSignIn()(tokens, options);
  }

  /**
   * A sign-in that begins now, with tokens that are still on their way to the library. A sign-out before they arrive is the last
   * word. No other program has the tokens: all that are not adopted are revoked. With a `refusal` none are adopted, and it errors
   * with that.
   */
  ɵbeginSignIn(): (tokens: TokenInput, refusal?: SessionError) => Observable<Session> {
    const adopt = this.#beginSignIn();
    return (tokens, refusal) => adopt(tokens, { isOwn: true, refusal });
  }

  /**
   * Query; a valid access token, never an expired one. Inside the buffer it waits at most 3 s for the refresh, then gives
   * the token that is still valid. While restoring it waits at most 10 s (`restoreTimeout`).
   */
  getAccessToken(): Observable<string> {
    return this.#accessToken$;
  }

  /** Query; as `getAccessToken`. Errors with `noIdToken` if the session has none. */
  getIdToken(): Observable<string> {
    return this.#idToken$;
  }

  /** Query; the current tokens, without refreshing them. They may have expired. `null` if the user is not signed in. */
  getTokens(): Observable<AuthTokens | null> {
    return this.#tokens.held().pipe(
      map((active) => (active === null ? null : toAuthTokens(active.tokens, active.anchor.driftMs))),
      this.#inZone(),
    );
  }

  /**
   * Command; refreshes now, however fresh the tokens are, and joins a refresh in flight. Other client metadata get a run of
   * their own after it. Errors with the failure of the run, and with the last failure while the shared back-off lasts.
   */
  forceRefresh(options: { clientMetadata?: Record<string, string> } = {}): Observable<Session> {
    return this.#command(
      this.#restore.known().pipe(
        switchMap(() => this.#lifecycle$),
        switchMap(({ refresh }) => refresh.run(options.clientMetadata)),
        map(({ session }) => session),
      ),
    );
  }

  /**
   * Command; signs out. In the task of the call the tokens are gone from memory and the state says so. The observable
   * emits once the storage is cleared. It errors with `storageError` if that takes more than 15 s; the page goes on trying. The
   * request that revokes the refresh token (or, with `global`, all of the user's) is started immediately and is best effort.
   * Works offline, never waits for a refresh, never errors because the user is not signed in.
   */
  signOut(options: SignOutOptions = {}): Observable<void> {
    this.#signOuts++;
    const askedAt = this.#clock.now();
    let [isConfigured, isEarly] = [false, false];
    const done$ = this.#command(
      this.#lifecycle$.pipe(
        tap(({ start }) => {
          isConfigured = true;
          start.watch();
        }),
        switchMap(({ signOut }) => signOut.run(options, isEarly ? askedAt : undefined)),
      ),
    );
    if (isConfigured) return done$;
    // The stored session ends as soon as the configuration is known.
    isEarly = true;
    this.#store.apply({ type: 'signedOut' });
    return done$;
  }

  #beginSignIn(): (tokens: TokenInput, options: SignInOptions) => Observable<Session> {
    const signOuts = this.#signOuts;
    return (tokens, options) => {
      const received = readClock(this.#clock);
      return this.#command(
        this.#lifecycle$.pipe(
          // A page that restores nothing takes part in what other tabs do from now on.
          tap(({ start }) => start.watch()),
          switchMap(({ signIn }) => signIn.run(tokens, options, received, signOuts !== this.#signOuts)),
          map(({ session }) => session),
        ),
      );
    };
  }

  /** Starts the restore once. */
  #start(): Observable<void> {
    this.#started$ ??= this.#restore.begun().pipe(
      switchMap(() => this.#lifecycle$),
      catchError((error: SessionError) => {
        this.#report.log(error);
        this.#store.apply({ type: 'notRestored', reason: 'configurationFailed', error });
        throw error;
      }),
      switchMap(({ start }) => start.restore()),
      shareRun(),
    );
    return this.#started$;
  }

  #command<T>(command: Observable<T>): Observable<T> {
    return startCommand(command.pipe(take(1)), (error) => {
      this.#report.tell(toSessionError(error));
    }).pipe(this.#inZone());
  }

  #inZone<T>(): MonoTypeOperatorFunction<T> {
    return enterZone(this.#zone);
  }
}

// Angular's message about a missing provider contains this name. Everything that needs a session injects this class first.
if (typeof ngDevMode === 'undefined' || ngDevMode)
  Object.assign(SessionService, { overriddenName: 'SessionService (of provideSession)' });

/** `undefined` while it is not known. */
function sessionOf(state: SessionState): Session | null | undefined {
  if (state.status === 'restoring') return undefined;
  return 'session' in state ? state.session : null;
}
