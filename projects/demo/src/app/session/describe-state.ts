import type { SessionState, SignedOutReason } from 'ngx-cognito-session';

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
  rotationLost: 'A renewed token got lost on its way. Please sign in again.',
  userNotFound: 'The account does not exist any more.',
  passwordResetRequired: 'The password has to be reset.',
  userNotConfirmed: 'The account has not been confirmed.',
  sessionEnded: 'The session has reached its longest duration. Please sign in again.',
  tokensExpired: 'The tokens have expired and cannot be renewed. Please sign in again.',
};

/** What the state means to the person in front of it. Pure. */
export function describeState(state: SessionState): StateInWords {
  switch (state.status) {
    case 'restoring':
      return { tone: 'neutral', label: 'Restoring', detail: 'Looking for a session on this device.' };
    case 'signedOut':
      return { tone: 'neutral', label: 'Signed out', detail: REASONS[state.reason] };
    case 'signedIn':
      return { tone: 'good', label: 'Signed in', detail: 'The tokens are renewed before they expire.' };
    case 'stale':
      return {
        tone: 'warning',
        label: 'Stale',
        detail: `Cognito cannot be reached (${state.error.code}). You stay signed in, and it is tried again.`,
      };
  }
}
