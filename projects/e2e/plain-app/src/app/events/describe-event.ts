import type { SessionEvent } from 'ngx-cognito-session';

/** What an event says beyond its type, in a few words. Pure. */
export function describeEvent(event: SessionEvent): string {
  switch (event.type) {
    case 'signedIn':
    case 'tokenRefreshed':
    case 'sessionRestored':
    case 'sessionReplaced':
      return `${event.session.user.username}, tokens until ${clockTime(event.session.expiresAt)}`;
    case 'signedOut':
      return '';
    case 'sessionExpired':
      return `${event.reason}, ${event.final ? 'the session is over' : 'will be tried again'}`;
    case 'sessionEnding':
      return `at ${clockTime(event.endsAt)}`;
    case 'error':
      return `${event.error.code}: ${event.error.message}`;
  }
}

function clockTime(date: Date): string {
  return date.toLocaleTimeString('en-GB');
}
