import type { ActiveSession } from './active-session';
import type { TabHint } from './tab-message';

/**
 * Whether what another tab says makes a look at the record worth while, given the session held here. A sign-out and a
 * beginning attempt are no news: they are obeyed. Pure.
 */
export function isNews(
  hint: Exclude<TabHint, { type: 'signedOut' | 'started' }>,
  held: Pick<ActiveSession, 'sid' | 'gen'> | null,
): boolean {
  switch (hint.type) {
    case 'signedIn':
      return held?.sid !== hint.sid;
    case 'renewed':
      return held !== null && (held.sid !== hint.sid || held.gen < hint.gen);
    case 'ended':
      return held?.sid === hint.sid;
    case 'failed':
      // Whoever waits for that attempt hears it himself.
      return false;
  }
}
