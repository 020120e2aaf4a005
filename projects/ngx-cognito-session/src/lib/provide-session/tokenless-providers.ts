import {
  inject,
  InjectionToken,
  NgZone,
  provideEnvironmentInitializer,
  type EnvironmentProviders,
  type Provider,
} from '@angular/core';
import { EMPTY, map, of, throwError, type Observable } from 'rxjs';
import type { Session } from '../core/session';
import { SessionError } from '../errors/session-error';
import { staticHeader } from '../http/static-header';
import { TOKEN_INJECTION } from '../http/token-injection-port';
import { FailureReport } from '../lifecycle/failure-report';
import type { EndOptions } from '../lifecycle/sign-out';
import { TokenlessSessions } from '../lifecycle/tokenless-sessions';
import { Diagnostics } from '../platform/diagnostics';
import { enterZone } from '../platform/enter-zone';
import { IS_BROWSER } from '../platform/is-browser';
import { SESSION_LOGGER } from '../platform/session-logger';
import type { WakeSignal } from '../platform/wake-signals';
import { GUARD_MEMORY } from '../router/guard-memory';
import { SESSION_END_WATCH, SIGN_IN_ROUTE } from '../router/sign-in-route';
import { RestoreWait } from '../session-service/restore-wait';
import { SessionService } from '../session-service/session-service';
import { SESSION_SOURCE, type SessionSource } from '../session-service/session-source';
import { SessionStore } from '../state/session-store';
import { contradictionsWithServer } from './contradictions';
import { AUTO_RESTORE } from './provide-session';
import type { SessionFeature } from './session-feature';
import { SET_UPS } from './set-up-checks';

/** Set to `false` by builds for browsers. */
declare const ngServerMode: unknown;
declare const ngDevMode: unknown;

/** Where a session comes from whose tokens are kept elsewhere. Everything is cold. */
export interface TokenlessSource {
  /** What the pages of this session share: the name of their channel, and of what they store. */
  readonly name: string;
  /** In a browser: follows what happens from now on. May be called again. */
  watch(): void;
  /** Finds out whether the user is signed in. Never errors. */
  restore(): Observable<void>;
  /** On a server: what is known of the request's session. */
  renderOnServer(): void;
  /** Asks again. Errors if that fails, and with `noSession`. */
  refresh(): Observable<Session>;
  /** Ends the session. The state changes in the task of the subscription. */
  signOut(options: EndOptions): Observable<void>;
  /** A request of the session was answered with 401: asks whether the session lives. */
  refused(sid: string): Observable<unknown>;
}

/** The source of a session whose tokens are kept elsewhere. */
export const TOKENLESS_SOURCE = new InjectionToken<TokenlessSource>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'TOKENLESS_SOURCE' : '',
);

/** How a panel for development takes part in a session whose tokens are kept elsewhere. */
export interface TokenlessWatch {
  /** The same question to the server, written down. Cold. */
  question<T>(question$: Observable<T>): Observable<T>;
  /** Hot: signals to check what is due, besides those of the page. */
  readonly signals$: Observable<WakeSignal>;
}

/** Absent unless a feature sets it. */
export const TOKENLESS_WATCH = new InjectionToken<TokenlessWatch>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'TOKENLESS_WATCH' : '',
);

/** A session whose tokens are kept elsewhere. `header`: what marks the requests of this origin. */
export function tokenlessProviders(
  header: { readonly name: string; readonly value: string },
  features: readonly SessionFeature[],
): (Provider | EnvironmentProviders)[] {
  return [
    SessionStore,
    FailureReport,
    RestoreWait,
    SessionService,
    TokenlessSessions,
    { provide: SESSION_SOURCE, useFactory: tokenlessSource },
    { provide: GUARD_MEMORY, useFactory: () => ({ url: null, asked: null, redirected: null }) },
    // Never that of a parent injector, which signs in to another session.
    { provide: SIGN_IN_ROUTE, useValue: null },
    features.map(({ ɵproviders }) => ɵproviders),
    {
      provide: TOKEN_INJECTION,
      useFactory: () => {
        const [sessions, source] = [inject(TokenlessSessions), inject(TOKENLESS_SOURCE)];
        return staticHeader({
          ...header,
          sid: () => sessions.held?.sid ?? null,
          refused: (sid) => source.refused(sid),
        });
      },
    },
    provideEnvironmentInitializer(() => {
      const isServer = (typeof ngServerMode === 'undefined' || ngServerMode) && !inject(IS_BROWSER);
      if (isServer) inject(TOKENLESS_SOURCE).renderOnServer();
      else if (inject(AUTO_RESTORE, { optional: true, self: true }) !== false)
        inject(SessionService).initialize();
      inject(SESSION_END_WATCH, { optional: true, self: true });
    }),
    typeof ngDevMode === 'undefined' || ngDevMode
      ? provideEnvironmentInitializer(() => {
          checkTokenless(features);
        })
      : [],
  ];
}

/** There are no tokens here. */
function tokenlessSource(): SessionSource {
  const source = inject(TOKENLESS_SOURCE);
  const toOutcome = map((session: Session) => ({ session }));
  const refused$ = throwError(tokensOnServer).pipe(enterZone(inject(NgZone)));
  return {
    lifecycle$: of({
      start: source,
      signIn: { run: () => refused$ },
      refresh: { run: () => source.refresh().pipe(toOutcome) },
      signOut: { run: (options) => source.signOut(options) },
    }),
    tokens: {
      now: () => null,
      live: () => refused$,
      held: () => refused$,
      isSignedOut: () => false,
    },
    unauthorized: { replace: () => EMPTY },
    config: { namespace: null },
  };
}

function tokensOnServer(): SessionError {
  return new SessionError('tokensOnServer', 'The tokens of this session are kept on a server.');
}

/** Checks the set-up for mistakes, in an injection context. For development only. */
function checkTokenless(features: readonly SessionFeature[]): void {
  const [diagnostics, logger] = [inject(Diagnostics), inject(SESSION_LOGGER)];
  const other = inject(SET_UPS, { optional: true });
  if (other !== null)
    diagnostics.say(
      logger,
      'NCS121',
      'provideSession and provideServerSession are both called: the last one in an injector counts. Keep one of them.',
    );
  const names = contradictionsWithServer(features);
  if (names.length > 0)
    diagnostics.say(
      logger,
      'NCS122',
      `${names.join(' and ')} ${names.length === 1 ? 'has' : 'have'} no effect with provideServerSession: the tokens are on the server.`,
    );
}
