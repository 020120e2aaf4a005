import type { FaultTools } from './fault-tools';

/** Something that goes wrong, and what the session makes of it. */
export interface FaultCase {
  readonly title: string;
  /** What the button does. */
  readonly what: string;
  /** What the user of an app gets to see. */
  readonly expected: string;
  readonly outcome: 'heals' | 'signsOut';
  /** The user ends it with this button. */
  readonly endLabel?: string;
  readonly cause: (tools: FaultTools) => Promise<void>;
}

export interface FaultGroup {
  readonly title: string;
  readonly faults: readonly FaultCase[];
}

/** More often than any demo lasts. */
const FOR_GOOD = 1000;

export const FAULT_GROUPS: readonly FaultGroup[] = [
  {
    title: 'The way to Cognito',
    faults: [
      {
        title: 'Offline',
        what: 'Every connection to Cognito breaks until you go back online.',
        expected: 'The user stays signed in. Each try waits longer, and the first one that arrives heals it.',
        outcome: 'heals',
        endLabel: 'Go back online',
        cause: (tools) => tools.failRefreshes({ kind: 'resetBeforeProcessing', times: FOR_GOOD }),
      },
      {
        title: 'Slow answer',
        what: 'The next refresh takes four seconds.',
        expected: 'Callers get the old token as long as it is valid, then they wait. None gets an error.',
        outcome: 'heals',
        cause: (tools) => tools.failRefreshes({ kind: 'delay', ms: 4000 }),
      },
      {
        title: 'HTML instead of JSON',
        what: 'A captive portal answers the next two refreshes with a page.',
        expected: 'invalidResponse, and another try. The tokens are kept.',
        outcome: 'heals',
        cause: (tools) => tools.failRefreshes({ kind: 'htmlBody', times: 2 }),
      },
      {
        title: 'Lost answer',
        what: 'Cognito replaces the refresh token, and the connection breaks before the answer.',
        expected: 'The next try sends the old token within its grace period of 30 s, and Cognito accepts it.',
        outcome: 'heals',
        cause: (tools) => tools.failRefreshes({ kind: 'resetAfterCommit' }),
      },
    ],
  },
  {
    title: 'Cognito itself',
    faults: [
      {
        title: 'Throttling',
        what: 'Cognito refuses the next two refreshes with TooManyRequestsException.',
        expected: 'All tabs wait together. No tab calls before the wait is over.',
        outcome: 'heals',
        cause: (tools) => tools.failRefreshes({ kind: 'throttle', times: 2 }),
      },
      {
        title: 'Error 500',
        what: 'Cognito fails twice with InternalErrorException.',
        expected: 'serviceError, and another try. No user is sent to sign-in for it.',
        outcome: 'heals',
        cause: (tools) =>
          tools.failRefreshes({ kind: 'error', type: 'InternalErrorException', status: 500, times: 2 }),
      },
      {
        title: 'Rotation without grace',
        what: 'The grace period is 0, and the answer with the new refresh token is lost.',
        expected: 'Only the lost token would be accepted: sign-out, with rotationLost as the reason.',
        outcome: 'signsOut',
        cause: async (tools) => {
          await tools.failRefreshes({ kind: 'resetAfterCommit' });
          await tools.configure({ graceSeconds: 0 });
          await tools.outcome();
          await tools.repair();
        },
      },
      {
        title: 'Revoked token',
        what: 'Another device signs the user out everywhere. Then this one refreshes.',
        expected: 'Sign-out in all tabs, with the reason on the sign-in page.',
        outcome: 'signsOut',
        cause: async (tools) => {
          await tools.endTokens();
          await tools.tryRefresh();
        },
      },
      {
        title: 'Disabled user',
        what: 'An administrator disables the account. It is enabled again once the session is over.',
        expected: 'Cognito rejects the refresh, and the session ends.',
        outcome: 'signsOut',
        cause: async (tools) => {
          const enable = await tools.disableUser();
          await tools.tryRefresh();
          await enable();
        },
      },
    ],
  },
  {
    title: 'Around it',
    faults: [
      {
        title: '401 from the API',
        what: 'The API rejects a good token once.',
        expected:
          'One refresh and one retry; a token younger than three seconds is sent again instead. The caller does not see the 401.',
        outcome: 'heals',
        cause: (tools) => tools.callRejectedApi(),
      },
      {
        title: 'Storage cleared',
        what: 'What the library has stored is deleted, as by “Clear site data”. Then this tab looks at it.',
        expected: 'The user has removed the session: sign-out in all tabs, with storageCleared.',
        outcome: 'signsOut',
        cause: async (tools) => {
          await tools.clearStorage();
          await tools.tryRefresh();
        },
      },
      {
        title: 'Wrong device clock',
        what: 'The clock of the local Cognito goes five minutes ahead, and stays there.',
        expected: 'The next token shows the drift. Expiry is counted by the server’s clock from then on.',
        outcome: 'heals',
        cause: async (tools) => {
          await tools.moveServerClock(5 * 60_000);
          await tools.refresh();
        },
      },
    ],
  },
];
