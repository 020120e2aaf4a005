import {
  inject,
  InjectionToken,
  makeEnvironmentProviders,
  provideAppInitializer,
  provideEnvironmentInitializer,
  type EnvironmentProviders,
} from '@angular/core';
import { checkConfig } from '../config/check-config';
import { CheckedConfig, SESSION_CONFIG_SOURCE } from '../config/checked-config';
import type { SessionConfigSource } from '../config/session-config';
import { SERVER_RESTORED } from '../config/server-guards';
import { TOKEN_INJECTION } from '../http/token-injection-port';
import { GUARD_MEMORY } from '../router/guard-memory';
import { SESSION_END_WATCH, SIGN_IN_ROUTE } from '../router/sign-in-route';
import { FailureReport } from '../lifecycle/failure-report';
import { ConfiguredSession, LIFECYCLE_PROVIDERS } from '../lifecycle/session-lifecycle';
import { LiveTokens } from '../session-service/live-tokens';
import { RestoreWait } from '../session-service/restore-wait';
import { SessionService } from '../session-service/session-service';
import { SESSION_SOURCE, type SessionSource } from '../session-service/session-source';
import { UnauthorizedRefreshes } from '../session-service/unauthorized-refreshes';
import { SessionStore } from '../state/session-store';
import { CONFIGURED_PROVIDERS } from './lifecycle-providers';
import { ExplainedFailures } from './explained-failures';
import type { SessionFeature } from './session-feature';
import { checkSetUp, SET_UPS } from './set-up-checks';
import { restoreOnServer } from './restore-on-server';
import { startRestore } from './start-restore';

/** Set to `false` by production builds, which then drop the checks of development. */
declare const ngDevMode: unknown;

/** Whether the restore starts automatically. */
export const AUTO_RESTORE = new InjectionToken<boolean>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'AUTO_RESTORE' : '',
);

/**
 * Provides the session of one app client. The restore of a stored session starts immediately and does not delay bootstrap.
 * It registers neither `HttpClient` nor an interceptor. Throws `invalidConfiguration` for a malformed
 * configuration object; a factory's failure becomes the state `signedOut: configurationFailed`.
 *
 * ```ts
 * bootstrapApplication(App, {
 *   providers: [
 *     provideSession(
 *       { region: 'eu-west-1', clientId: 'abc123' },
 *       withLocalStorage(),
 *       withTokenInjection({ attachTo: ['https://api.example.com'] }),
 *     ),
 *     provideHttpClient(withInterceptors([sessionInterceptor])),
 *   ],
 * });
 * ```
 */
export function provideSession(
  config: SessionConfigSource,
  ...features: SessionFeature[]
): EnvironmentProviders {
  return makeEnvironmentProviders([
    sessionProviders(config),
    // Never those of a parent injector: rules name the APIs of another session, and a route signs in to another user pool.
    { provide: TOKEN_INJECTION, useValue: null },
    { provide: SIGN_IN_ROUTE, useValue: null },
    features.map(({ ɵproviders }) => ɵproviders),
    typeof ngDevMode === 'undefined' || ngDevMode
      ? [
          { provide: SET_UPS, useValue: features, multi: true },
          { provide: FailureReport, useClass: ExplainedFailures },
          provideEnvironmentInitializer(checkSetUp),
        ]
      : [],
  ]);
}

/** The session without features: those of a preceding `provideSession` of the app remain. */
export function sessionProviders(config: SessionConfigSource): EnvironmentProviders {
  if (typeof config !== 'function') checkConfig(config);
  return makeEnvironmentProviders([
    { provide: SESSION_CONFIG_SOURCE, useValue: config },
    // None of these classes is `@Injectable`: they take no arguments, and every page would carry the code that the decorator adds.
    CheckedConfig,
    SessionStore,
    FailureReport,
    { provide: LIFECYCLE_PROVIDERS, useValue: CONFIGURED_PROVIDERS, multi: true },
    ConfiguredSession,
    RestoreWait,
    LiveTokens,
    UnauthorizedRefreshes,
    { provide: SESSION_SOURCE, useFactory: browserSource },
    SessionService,
    { provide: GUARD_MEMORY, useFactory: () => ({ url: null, asked: null, redirected: null }) },
    provideEnvironmentInitializer(() => {
      if (inject(AUTO_RESTORE, { optional: true, self: true }) !== false) startRestore();
      inject(SESSION_END_WATCH, { optional: true, self: true });
    }),
    // Builds for browsers set it to `false`, and drop this code.
    typeof ngServerMode === 'undefined' || ngServerMode
      ? [
          { provide: SERVER_RESTORED, useFactory: restoreOnServer },
          provideAppInitializer(() => inject(SERVER_RESTORED)),
        ]
      : [],
  ]);
}

/** The tokens are in the browser. */
function browserSource(): SessionSource {
  return {
    lifecycle$: inject(ConfiguredSession).lifecycle$,
    tokens: inject(LiveTokens),
    unauthorized: inject(UnauthorizedRefreshes),
    config: inject(CheckedConfig),
  };
}
