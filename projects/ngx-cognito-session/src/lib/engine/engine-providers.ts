import { EnvironmentInjector, inject, type Provider } from '@angular/core';
import { FetchTokenRefresher } from '../cognito/fetch-token-refresher';
import { toServiceError } from '../cognito/service-error';
import { renewalRequest } from '../cognito/service-request';
import type { TokenRefresher } from '../cognito/token-refresher';
import { readAuthenticationResult } from '../cognito/token-response';
import { ConfigHolder } from '../config/config-holder';
import { LoadedTokenSupply } from '../http/later/loaded-token-supply';
import { TOKEN_SUPPLY } from '../http/token-supply';
import { Adoption } from '../lifecycle/adoption';
import { AttemptEntry } from '../lifecycle/attempt-entry';
import { AttemptWatch } from '../lifecycle/attempt-watch';
import { CommandEpoch } from '../lifecycle/command-epoch';
import { CommitRetry } from '../lifecycle/commit-retry';
import { DeadSessions } from '../lifecycle/dead-sessions';
import { DueWatch } from '../lifecycle/due-watch';
import { Elsewhere } from '../lifecycle/elsewhere';
import { Newcomer } from '../lifecycle/newcomer';
import { RECORD } from '../lifecycle/record';
import { RefreshCall } from '../lifecycle/refresh-call';
import { chooseRefresher, REFRESHER, SESSION_INJECTOR } from '../lifecycle/refresher';
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
import { PageStop } from '../platform/page-stop';
import { KeptReturnUrl } from '../router/later/kept-return-url';
import { LoadedRedirects } from '../router/later/loaded-redirects';
import { REDIRECTS } from '../router/redirects';
import { SESSION_ENGINE } from '../session-service/session-engine';
import { ChosenSessionRecord } from '../storage/chosen-session-record';
import { CopiedTab } from '../storage/copied-tab';
import { OPEN_BELL_CHANNEL } from '../storage/duplicate-watch';
import { OwedSignOut } from '../storage/owed-sign-out';
import { SharedRecord } from '../storage/shared-record';
import { StorageSessionRecord } from '../storage/storage-session-record';
import { OPEN_TOKEN_CHANNEL } from '../storage/token-exchange';
import { OPEN_BROADCAST_CHANNEL, OPEN_STORAGE_CHANNEL } from '../tabs/tab-channel';
import { LiveTokens } from './live-tokens';
import { LoadedEngine } from './loaded-engine';
import { ServerRestore } from './server-restore';
import { SERVER_RESTORE } from './server-restore-port';
import { UnauthorizedRenewals } from './unauthorized-renewals';

/** Everything that is loaded after the page. */
export const ENGINE_PROVIDERS: Provider[] = [
  { provide: SESSION_INJECTOR, useExisting: EnvironmentInjector },
  ConfigHolder,
  FetchTokenRefresher,
  { provide: REFRESHER, useFactory: sessionRefresher },
  PageStop,
  StorageSessionRecord,
  SharedRecord,
  CopiedTab,
  { provide: OPEN_TOKEN_CHANNEL, useExisting: OPEN_BROADCAST_CHANNEL },
  { provide: OPEN_BELL_CHANNEL, useExisting: OPEN_STORAGE_CHANNEL },
  { provide: RECORD, useClass: ChosenSessionRecord },
  Adoption,
  RefreshCall,
  CommitRetry,
  AttemptWatch,
  AttemptEntry,
  CommandEpoch,
  DeadSessions,
  DueWatch,
  Elsewhere,
  Newcomer,
  OwedSignOut,
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
  TabFollower,
  TabHints,
  Verification,
  LiveTokens,
  UnauthorizedRenewals,
  // Builds for browsers set it to `false`, and leave this out.
  typeof ngServerMode === 'undefined' || ngServerMode
    ? { provide: SERVER_RESTORE, useClass: ServerRestore }
    : [],
  LoadedEngine,
  { provide: SESSION_ENGINE, useExisting: LoadedEngine },
  { provide: TOKEN_SUPPLY, useClass: LoadedTokenSupply },
  KeptReturnUrl,
  { provide: REDIRECTS, useClass: LoadedRedirects },
];

/** The transport of the session. In the engine's injector. */
export function sessionRefresher(): TokenRefresher {
  return chooseRefresher(inject(SESSION_INJECTOR), {
    refresher: inject(FetchTokenRefresher),
    config$: inject(ConfigHolder).config$,
    renewalRequest,
    readAuthenticationResult,
    toServiceError,
  });
}
