import type { SessionError } from '../errors/session-error';
import type { SignedOutReason } from '../errors/session-error-code';
import type { Session } from './session';

/**
 * An event of the session: never replayed, never coalesced. Contains no token. `origin` is the cause: events of other tabs
 * are emitted here too.
 */
export type SessionEvent = { readonly origin: 'thisTab' | 'otherTab' } & (
  | {
      readonly type: 'signedIn' | 'tokenRefreshed' | 'sessionRestored' | 'sessionReplaced';
      readonly session: Session;
    }
  /** By `signOut()`, here or in another tab (`origin`). */
  | { readonly type: 'signedOut' }
  /**
   * `final: false` only with 'refreshFailed': tokens are kept and the session recovers without the app's help. With `final: true` no
   * `signedOut` follows.
   */
  | {
      readonly type: 'sessionExpired';
      readonly reason:
        | 'refreshFailed'
        | Exclude<
            SignedOutReason,
            'signedOut' | 'signedOutElsewhere' | 'noSession' | 'configurationFailed' | 'storageUnreadable'
          >;
      readonly final: boolean;
    }
  /** The refresh token ends in five minutes or less, which a refresh does not change. Once per session. */
  | { readonly type: 'sessionEnding'; readonly endsAt: Date }
  /** A failure, emitted once, whether or not the app subscribed to what has failed. */
  | { readonly type: 'error'; readonly error: SessionError }
);

export type EventOrigin = SessionEvent['origin'];

/** Why the library signs the user out. */
export type EndedBy = 'idle';

/** Why a session ended, or seems to, without `signOut()`. */
export type ExpiryReason = Extract<SessionEvent, { type: 'sessionExpired' }>['reason'];
