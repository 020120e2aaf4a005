import type { Provider } from '@angular/core';
import { FetchTokenRefresher } from '../cognito/fetch-token-refresher';
import { AttemptWatch } from '../lifecycle/attempt-watch';
import { Claims } from '../lifecycle/claims';
import { CommandOrder } from '../lifecycle/command-order';
import { DueWatch } from '../lifecycle/due-watch';
import { EndedSessions } from '../lifecycle/ended-sessions';
import { FailureState } from '../lifecycle/failure-state';
import { FirstRefresh } from '../lifecycle/first-refresh';
import { Hints } from '../lifecycle/hints';
import { PageWatch } from '../lifecycle/page-watch';
import { RefreshCall } from '../lifecycle/refresh-call';
import { RefreshOutcome } from '../lifecycle/refresh-outcome';
import { RefreshRun } from '../lifecycle/refresh-run';
import { chooseRefresher, REFRESHER } from '../lifecycle/refresher';
import { Revocation } from '../lifecycle/revocation';
import { SERVER_RESTORE, ServerRestore } from '../lifecycle/server-restore';
import { SessionFactory } from '../lifecycle/session-factory';
import { SessionLifecycle } from '../lifecycle/session-lifecycle';
import { SessionRefresh } from '../lifecycle/session-refresh';
import { SessionStart } from '../lifecycle/session-start';
import { SessionSync } from '../lifecycle/session-sync';
import { SignIn } from '../lifecycle/sign-in';
import { SignOut } from '../lifecycle/sign-out';
import { PageStop } from '../platform/page-stop';
import { StoredRecord } from '../storage/stored-record';

declare const ngServerMode: unknown;

/** The providers of a session whose configuration is known. */
export const CONFIGURED_PROVIDERS: Provider[] = [
  FetchTokenRefresher,
  { provide: REFRESHER, useFactory: chooseRefresher },
  PageStop,
  StoredRecord,
  Hints,
  AttemptWatch,
  Claims,
  CommandOrder,
  DueWatch,
  EndedSessions,
  FailureState,
  FirstRefresh,
  PageWatch,
  RefreshCall,
  RefreshOutcome,
  RefreshRun,
  Revocation,
  SessionFactory,
  SessionLifecycle,
  SessionRefresh,
  SessionStart,
  SessionSync,
  SignIn,
  SignOut,
  // Builds for browsers set it to `false`, and drop this code.
  typeof ngServerMode === 'undefined' || ngServerMode
    ? { provide: SERVER_RESTORE, useClass: ServerRestore }
    : [],
];
