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
import { TOKEN_INJECTION } from '../http/token-injection-port';
import { RETURN_URL_MEMORY } from '../router/return-url-keys';
import { SIGN_IN_ROUTE } from '../router/sign-in-route';
import { FailureReport } from '../lifecycle/failure-report';
import { KnownState } from '../state/known-state';
import { EngineLoader, LOAD_ENGINE } from '../session-service/engine-loader';
import { SessionService } from '../session-service/session-service';
import { SessionTokens } from '../session-service/session-tokens';
import { SignOutNote } from '../storage/sign-out-note';
import { SessionStore } from '../state/session-store';
import type { SessionFeature } from './session-feature';
import { checkSetUp, SET_UPS } from './set-up-checks';
import { restoreOnServer } from './restore-on-server';
import { beforeHydration, startRestore } from './start-restore';

/** Set to `false` by production builds, which then leave out what only development says. */
declare const ngDevMode: unknown;

/** Whether the restore starts by itself. */
export const AUTO_RESTORE = new InjectionToken<boolean>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'AUTO_RESTORE' : '',
);

/**
 * Provides the session of one app client. The restore of a stored session starts at once and does not delay bootstrap.
 * Neither `HttpClient` nor an interceptor is registered by it. Throws `invalidConfiguration` for a malformed
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
      ? [{ provide: SET_UPS, useValue: features, multi: true }, provideEnvironmentInitializer(checkSetUp)]
      : [],
  ]);
}

/** The session without what features choose: those of the app's own `provideSession` stay, where it stands before. */
export function sessionProviders(config: SessionConfigSource): EnvironmentProviders {
  if (typeof config !== 'function') checkConfig(config);
  return makeEnvironmentProviders([
    { provide: SESSION_CONFIG_SOURCE, useValue: config },
    // None of these classes is `@Injectable`: they take nothing, and what the decorator adds is carried by every page.
    CheckedConfig,
    SignOutNote,
    SessionStore,
    KnownState,
    FailureReport,
    { provide: LOAD_ENGINE, useValue: () => import('../engine/create-engine') },
    EngineLoader,
    SessionTokens,
    SessionService,
    { provide: RETURN_URL_MEMORY, useFactory: () => ({ url: null }) },
    provideEnvironmentInitializer(() => {
      if (inject(AUTO_RESTORE, { optional: true, self: true }) !== false) startRestore();
    }),
    provideAppInitializer(beforeHydration),
    // Builds for browsers set it to `false`, and leave this out.
    typeof ngServerMode === 'undefined' || ngServerMode ? provideAppInitializer(restoreOnServer) : [],
  ]);
}
