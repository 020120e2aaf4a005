import {
  inject,
  InjectionToken,
  makeEnvironmentProviders,
  provideAppInitializer,
  provideEnvironmentInitializer,
  type EnvironmentProviders,
  type Provider,
} from '@angular/core';
import { FetchTokenRefresher } from '../cognito/fetch-token-refresher';
import { ConfigHolder, SESSION_CONFIG_SOURCE } from '../config/config-holder';
import { resolveConfig } from '../config/resolved-config';
import type { SessionConfigSource } from '../config/session-config';
import { Adoption } from '../lifecycle/adoption';
import { AttemptEntry } from '../lifecycle/attempt-entry';
import { AttemptWatch } from '../lifecycle/attempt-watch';
import { CommitRetry } from '../lifecycle/commit-retry';
import { CommandEpoch } from '../lifecycle/command-epoch';
import { DeadSessions } from '../lifecycle/dead-sessions';
import { DueWatch } from '../lifecycle/due-watch';
import { Elsewhere } from '../lifecycle/elsewhere';
import { FailureReport } from '../lifecycle/failure-report';
import { Newcomer } from '../lifecycle/newcomer';
import { RECORD } from '../lifecycle/record';
import { chooseRefresher, REFRESHER } from '../lifecycle/refresher';
import { RefreshCall } from '../lifecycle/refresh-call';
import { Renewal } from '../lifecycle/renewal';
import { RenewalAttempt } from '../lifecycle/renewal-attempt';
import { RenewalCommit } from '../lifecycle/renewal-commit';
import { RenewalFailures } from '../lifecycle/renewal-failures';
import { Restore } from '../lifecycle/restore';
import { Resume } from '../lifecycle/resume';
import { Revocation } from '../lifecycle/revocation';
import { SessionEnd } from '../lifecycle/session-end';
import { SessionFactory } from '../lifecycle/session-factory';
import { SignIn } from '../lifecycle/sign-in';
import { SignOut } from '../lifecycle/sign-out';
import { Startup } from '../lifecycle/startup';
import { TabFollower } from '../lifecycle/tab-follower';
import { TabHints } from '../lifecycle/tab-hints';
import { Verification } from '../lifecycle/verification';
import { TokenInjection } from '../http/token-injection';
import { PageStop } from '../platform/page-stop';
import { ReturnUrl } from '../router/return-url';
import { SignInRedirect } from '../router/sign-in-redirect';
import { SessionService } from '../session-service/session-service';
import { SessionTokens } from '../session-service/session-tokens';
import { UnauthorizedRenewals } from '../session-service/unauthorized-renewal';
import { SessionStore } from '../state/session-store';
import { ChosenSessionRecord } from '../storage/chosen-session-record';
import { CopiedTab } from '../storage/copied-tab';
import { OPEN_BELL_CHANNEL } from '../storage/duplicate-watch';
import { SharedRecord } from '../storage/shared-record';
import { StorageSessionRecord } from '../storage/storage-session-record';
import { OPEN_TOKEN_CHANNEL } from '../storage/token-exchange';
import { OPEN_BROADCAST_CHANNEL, OPEN_STORAGE_CHANNEL } from '../tabs/tab-channel';
import { ServerRestore } from './server-restore';
import type { SessionFeature } from './session-feature';
import { checkSetUp, SET_UPS } from './set-up-checks';
import { startRestore } from './start-restore';

/** Set to `false` by production builds, which then leave out what only development says. */
declare const ngDevMode: unknown;

/** Whether the restore starts by itself. */
export const AUTO_RESTORE = new InjectionToken<boolean>('AUTO_RESTORE');

const LIFECYCLE: Provider[] = [
  Adoption,
  RefreshCall,
  CommitRetry,
  AttemptWatch,
  AttemptEntry,
  CommandEpoch,
  DueWatch,
  Elsewhere,
  FailureReport,
  Renewal,
  RenewalAttempt,
  RenewalCommit,
  RenewalFailures,
  Restore,
  Resume,
  Revocation,
  SessionEnd,
  SessionFactory,
  SignIn,
  SignOut,
  Startup,
  Verification,
  DeadSessions,
  Newcomer,
  TabFollower,
  TabHints,
];

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
  if (typeof config !== 'function') resolveConfig(config);
  return makeEnvironmentProviders([
    { provide: SESSION_CONFIG_SOURCE, useValue: config },
    ConfigHolder,
    FetchTokenRefresher,
    { provide: REFRESHER, useFactory: chooseRefresher },
    PageStop,
    StorageSessionRecord,
    SharedRecord,
    CopiedTab,
    { provide: OPEN_TOKEN_CHANNEL, useExisting: OPEN_BROADCAST_CHANNEL },
    { provide: OPEN_BELL_CHANNEL, useExisting: OPEN_STORAGE_CHANNEL },
    { provide: RECORD, useClass: ChosenSessionRecord },
    SessionStore,
    LIFECYCLE,
    SessionTokens,
    UnauthorizedRenewals,
    SessionService,
    ReturnUrl,
    SignInRedirect,
    // Never the rules of a parent injector: they name the APIs of another session.
    { provide: TokenInjection, useValue: null },
    features.map(({ ɵproviders }) => ɵproviders),
    provideEnvironmentInitializer(() => {
      if (inject(AUTO_RESTORE, { optional: true, self: true }) !== false) startRestore();
    }),
    // Builds for browsers set it to `false`, and leave this out.
    typeof ngServerMode === 'undefined' || ngServerMode
      ? [ServerRestore, provideAppInitializer(() => inject(ServerRestore).run())]
      : [],
    typeof ngDevMode === 'undefined' || ngDevMode
      ? [{ provide: SET_UPS, useValue: features, multi: true }, provideEnvironmentInitializer(checkSetUp)]
      : [],
  ]);
}
