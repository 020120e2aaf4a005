import type { SessionErrorCode, SessionState, SignedOutReason } from 'ngx-cognito-session';

export interface StateInWords {
  readonly tone: 'neutral' | 'good' | 'warning';
  readonly label: string;
  readonly detail: string;
}

/** What a user reads about the end of a session. */
export const REASONS: Readonly<Record<SignedOutReason, string>> = {
  noSession: 'No user is signed in on this device.',
  signedOut: 'You signed out.',
  signedOutElsewhere: 'You signed out in another tab.',
  userSwitched: 'Another user signed in in another tab.',
  storageCleared: "The browser's storage was cleared.",
  storageUnreadable: 'The stored session could not be read.',
  configurationFailed: 'The configuration could not be loaded. Reload the page to try again.',
  refreshTokenExpired: 'The session has ended. Please sign in again.',
  rotationLost: 'Cognito has replaced a token, and the new one did not arrive. Please sign in again.',
  userNotFound: 'The account no longer exists.',
  passwordResetRequired: 'The password has to be reset.',
  userNotConfirmed: 'The account has not been confirmed.',
  sessionEnded: 'The session has reached its maximum duration. Please sign in again.',
  tokensExpired: 'The tokens have expired and cannot be refreshed. Please sign in again.',
  idle: 'Signed out after inactivity. Please sign in again.',
};

const TROUBLES: ReadonlyMap<SessionErrorCode, string> = new Map([
  ['networkError', 'No answer from Cognito arrived'],
  ['timeout', 'Cognito did not answer in time'],
  ['throttled', 'Cognito does not accept more requests at the moment'],
  ['serviceError', 'Cognito has failed'],
  ['refused', 'A firewall or a trigger of the user pool has refused the refresh'],
  ['invalidConfiguration', 'The app client does not fit the configuration'],
  ['invalidResponse', 'The answer of Cognito could not be used'],
  ['rotationPending', 'Cognito rejects the token, and another tab may have the new one'],
  ['storageError', "The browser's storage failed"],
]);

function describeTrouble(code: SessionErrorCode): string {
  return TROUBLES.get(code) ?? 'The refresh failed';
}

/** What the state means to the person in front of it. Pure. */
export function describeState(state: SessionState): StateInWords {
  switch (state.status) {
    case 'restoring':
      return { tone: 'neutral', label: 'Restoring', detail: 'Looking for a session on this device.' };
    case 'signedOut':
      return { tone: 'neutral', label: 'Signed out', detail: REASONS[state.reason] };
    case 'signedIn':
      return { tone: 'good', label: 'Signed in', detail: 'The tokens are refreshed before they expire.' };
    case 'stale':
      return {
        tone: 'warning',
        label: 'Stale',
        detail: `${describeTrouble(state.error.code)} (${state.error.code}). You stay signed in, and the refresh is tried again.`,
      };
  }
}
