import type { Provider } from '@angular/core';
import { EMPTY, of } from 'rxjs';
import type { TokenRefresher } from '../src/lib/cognito/token-refresher';
import { ConfigHolder } from '../src/lib/config/config-holder';
import { resolveConfig } from '../src/lib/config/resolved-config';
import type { TabHint } from '../src/lib/core/tab-message';
import { Adoption } from '../src/lib/lifecycle/adoption';
import { AttemptEntry } from '../src/lib/lifecycle/attempt-entry';
import { AttemptWatch } from '../src/lib/lifecycle/attempt-watch';
import { CommitRetry } from '../src/lib/lifecycle/commit-retry';
import { DeadSessions } from '../src/lib/lifecycle/dead-sessions';
import { Elsewhere } from '../src/lib/lifecycle/elsewhere';
import { FailureReport } from '../src/lib/lifecycle/failure-report';
import { RECORD } from '../src/lib/lifecycle/record';
import { RefreshCall } from '../src/lib/lifecycle/refresh-call';
import { REFRESHER } from '../src/lib/lifecycle/refresher';
import { RenewalAttempt } from '../src/lib/lifecycle/renewal-attempt';
import { RenewalCommit } from '../src/lib/lifecycle/renewal-commit';
import { RenewalFailures } from '../src/lib/lifecycle/renewal-failures';
import { Revocation } from '../src/lib/lifecycle/revocation';
import { SessionEnd } from '../src/lib/lifecycle/session-end';
import { SessionFactory } from '../src/lib/lifecycle/session-factory';
import { TabHints } from '../src/lib/lifecycle/tab-hints';
import { SESSION_CLOCK } from '../src/lib/platform/session-clock';
import { SESSION_LOGGER } from '../src/lib/platform/session-logger';
import { SESSION_SCHEDULER } from '../src/lib/platform/session-scheduler';
import { SessionStore } from '../src/lib/state/session-store';
import type { SessionRecord } from '../src/lib/storage/session-record';
import { ATTEMPT_LOCKS, NO_LOCKS } from '../src/lib/tabs/attempt-locks';
import type { ManualTime } from './manual-time';
import { CLIENT_ID } from './test-tokens';

/** That of `heldSession`. */
export const HELD_CONFIG = resolveConfig({ region: 'eu-west-1', clientId: CLIENT_ID });

/** What the parts of a renewal have said to the world. */
export class Said {
  readonly hints: TabHint[] = [];
  readonly revoked: string[] = [];
  readonly warnings: string[] = [];
}

/** All parts of a renewal, real ones, between ports that are not: what a whole app cannot bring about can be asked of them. */
export function renewalParts(
  record: Partial<SessionRecord>,
  time: ManualTime,
  { hints, revoked, warnings }: Said,
  refresh: TokenRefresher['refresh'] = () => EMPTY,
): Provider[] {
  const silent = () => undefined;
  const revoke = (token: string) => {
    revoked.push(token);
    return EMPTY;
  };
  return [
    [RenewalAttempt, RenewalCommit, RenewalFailures, CommitRetry, AttemptEntry, AttemptWatch, RefreshCall],
    [SessionStore, SessionFactory, SessionEnd, Adoption, Elsewhere, DeadSessions, FailureReport, Revocation],
    { provide: ConfigHolder, useValue: { config$: of(HELD_CONFIG) } },
    { provide: RECORD, useValue: record },
    { provide: REFRESHER, useValue: { refresh, revoke } },
    { provide: ATTEMPT_LOCKS, useValue: NO_LOCKS },
    { provide: TabHints, useValue: { hints$: EMPTY, post: (hint: TabHint) => hints.push(hint) } },
    { provide: SESSION_CLOCK, useValue: time },
    { provide: SESSION_SCHEDULER, useValue: time.scheduler },
    {
      provide: SESSION_LOGGER,
      useValue: { debug: silent, warn: (text: string) => warnings.push(text), error: silent },
    },
  ];
}
