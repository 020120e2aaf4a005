import { computed, inject, Injector, NgZone, type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import {
  distinctUntilChanged,
  filter,
  map,
  skip,
  switchMap,
  take,
  type MonoTypeOperatorFunction,
  type Observable,
} from 'rxjs';
import type { Session } from '../core/session';
import type { SessionEvent } from '../core/session-event';
import { isSameState, toPublicState, type SessionState } from '../core/session-state';
import { signedOut } from '../core/signed-out';
import type { SessionUser } from '../core/session-user';
import type { TokenInput } from '../core/token-input';
import type { AuthTokens } from '../core/token-set';
import { SessionError } from '../errors/session-error';
import { FailureReport, toSessionError } from '../lifecycle/failure-report';
import type { SignOutOptions } from '../lifecycle/sign-out';
import { startCommand } from '../lifecycle/start-command';
import { enterZone } from '../platform/enter-zone';
import { readClock, SESSION_CLOCK } from '../platform/session-clock';
import { KnownState } from '../state/known-state';
import { SessionStore } from '../state/session-store';
import { SignOutNote } from '../storage/sign-out-note';
import { EngineLoader } from './engine-loader';
import { SessionTokens } from './session-tokens';

/**
 * The session of the signed-in user: its state as observables and signals, its tokens, its commands.
 *
 * Commands (`initialize`, `setTokens`, `forceRefresh`, `signOut`) start at once, subscribed or not, and return an
 * observable that replays the outcome; a failure nobody subscribed to still reaches `events$` and the logger. Queries
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
  /** For what is handed a service instead of being injected: `createAuthFetch`. */
  readonly ɵinjector = inject(Injector);
  private readonly store = inject(SessionStore);
  private readonly tokens = inject(SessionTokens);
  private readonly loader = inject(EngineLoader);
  private readonly knownState = inject(KnownState);
  private readonly signOutNote = inject(SignOutNote);
  private readonly clock = inject(SESSION_CLOCK);
  private readonly report = inject(FailureReport);
  private readonly zone = inject(NgZone);
  private signOuts = 0;

  private readonly published$ = this.store.state$.pipe(map(toPublicState), distinctUntilChanged(isSameState));

  /** Hot; replays the current state, then every change. Completes when the injector is destroyed. */
  readonly state$: Observable<SessionState> = this.published$.pipe(this.inZone());

  /** Hot; silent while restoring, `null` when signed out; keeps the session while stale. One emission per renewal. */
  readonly session$: Observable<Session | null> = this.state$.pipe(
    map(sessionOf),
    filter((session) => session !== undefined),
    distinctUntilChanged(),
  );

  /** Hot; silent while restoring. A stale session counts as signed in. */
  readonly isSignedIn$: Observable<boolean> = this.session$.pipe(
    map((session) => session !== null),
    distinctUntilChanged(),
  );

  /** Hot; moments, never replayed and never coalesced. Completes when the injector is destroyed. */
  readonly events$: Observable<SessionEvent> = this.store.events$.pipe(this.inZone());

  /** The current state: what `state$` gave last. */
  readonly state: Signal<SessionState> = toSignal(
    // Not through the zone at once: whoever makes the service outside of it would cause change detection.
    this.published$.pipe(skip(1), this.inZone()),
    { initialValue: toPublicState(this.store.state), equal: isSameState },
  );
  /** The session held, a stale one included; `null` when signed out, `undefined` while it is not known yet. */
  readonly session: Signal<Session | null | undefined> = computed(() => sessionOf(this.state()));
  /** Whether somebody is signed in; `false` while it is not known yet. */
  readonly isSignedIn: Signal<boolean> = computed(() => (this.session() ?? null) !== null);
  /** Who is signed in; `null` if nobody is, or while it is not known yet. */
  readonly user: Signal<SessionUser | null> = computed(() => this.session()?.user ?? null);

  /**
   * Command; starts the restore unless it has been started, and emits once it is known whether somebody is signed in.
   * Idempotent. Errors only for an invalid configuration. Fit for `provideAppInitializer`.
   */
  initialize(): Observable<Session | null> {
    this.knownState.start();
    return this.command(
      this.loader.eventually$.pipe(
        switchMap((engine) => engine.start()),
        map(({ active }) => active?.session ?? null),
      ),
    );
  }

  /**
   * Command; hands over the tokens of a sign-in, or newer tokens of the session held. SDK and token-endpoint shapes count
   * as just issued, so that `iat` tells the clock drift; `AuthTokens` only with `justIssued`. A bare refresh token is
   * renewed first. Errors with `invalidToken` for anything that is no token of this app client; the current session is
   * then untouched. Errors with `superseded` if another command came in between.
   *
   * ```ts
   * const answer = await cognito.send(new InitiateAuthCommand(input));
   * await firstValueFrom(session.setTokens(answer.AuthenticationResult ?? {}));
   * ```
   */
  setTokens(tokens: TokenInput, options: { justIssued?: boolean } = {}): Observable<Session> {
    const received = readClock(this.clock);
    const { signOuts } = this;
    return this.command(
      this.loader.engine$.pipe(
        switchMap((engine) =>
          engine.signIn(tokens, options.justIssued, received, signOuts !== this.signOuts),
        ),
        map(({ session }) => session),
      ),
    );
  }

  /**
   * Query; a valid access token, never an expired one. Inside the buffer it waits at most 3 s for the renewal, then gives
   * the token that is still valid. While restoring it waits at most 10 s (`restoreTimeout`).
   */
  getAccessToken(): Observable<string> {
    return this.tokens.live().pipe(
      map(({ tokens }) => tokens.accessToken),
      this.inZone(),
    );
  }

  /** Query; as `getAccessToken`. Errors with `noIdToken` if the session has none. */
  getIdToken(): Observable<string> {
    return this.tokens.live().pipe(
      map(({ tokens }) => {
        if (tokens.idToken === undefined) throw new SessionError('noIdToken', 'The session has no ID token.');
        return tokens.idToken;
      }),
      this.inZone(),
    );
  }

  /** Query; what is held now, without renewing: the tokens may have expired. `null` if nobody is signed in. */
  getTokens(): Observable<AuthTokens | null> {
    return this.tokens.held().pipe(this.inZone());
  }

  /**
   * Command; renews now, however fresh the tokens are, and joins a renewal in flight. Other client metadata get a run of
   * their own after it. Errors with the failure of the run; before the shared waiting time after a failure is over, with
   * that failure at once.
   */
  forceRefresh(options: { clientMetadata?: Record<string, string> } = {}): Observable<Session> {
    return this.command(
      this.loader.engine$.pipe(
        switchMap((engine) => engine.renew(options.clientMetadata)),
        map(({ session }) => session),
      ),
    );
  }

  /**
   * Command; signs out. In the task of the call the tokens are gone from memory and the state says so; the observable
   * emits once the storage is cleared. Revoking the refresh token (or, with `global`, all of the user's) is started at
   * once and is best effort. Works offline, never waits for a renewal, never errors for want of a session.
   */
  signOut(options: SignOutOptions = {}): Observable<void> {
    const { isEarly } = this;
    if (isEarly) this.signOutNote.leave(options);
    this.signOuts++;
    const done$ = this.command(
      this.loader.eventually$.pipe(switchMap((engine) => engine.signOut(options, isEarly))),
    );
    // Only now: whoever hears of it may give the next command.
    if (this.isEarly) this.store.publish(signedOut(this.store.state));
    return done$;
  }

  /** Nobody knows yet whose session is stored, and who could find out is not there. */
  private get isEarly(): boolean {
    return !this.loader.isLoaded && this.store.state.status === 'restoring';
  }

  private command<T>(command: Observable<T>): Observable<T> {
    return startCommand(command.pipe(take(1)), (error) => {
      this.report.tell(toSessionError(error));
    }).pipe(this.inZone());
  }

  private inZone<T>(): MonoTypeOperatorFunction<T> {
    return enterZone(this.zone);
  }
}

/** `undefined` while it is not known. */
function sessionOf(state: SessionState): Session | null | undefined {
  if (state.status === 'restoring') return undefined;
  return 'session' in state ? state.session : null;
}
