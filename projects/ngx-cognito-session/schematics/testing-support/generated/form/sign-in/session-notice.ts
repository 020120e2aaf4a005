import type { SignedOutReason } from 'ngx-cognito-session';

/** What the page tells a user who was signed out; empty if there is nothing to tell. */
export function sessionNotice(reason: SignedOutReason | null): string {
  switch (reason) {
    case null:
    case 'noSession':
    case 'signedOut':
    case 'signedOutElsewhere':
      return '';
    case 'configurationFailed':
      return 'The settings of this app could not be loaded. Please reload the page.';
    case 'userSwitched':
      return 'Another user has signed in in another tab.';
    default:
      return 'Your session has ended. Please sign in again.';
  }
}
