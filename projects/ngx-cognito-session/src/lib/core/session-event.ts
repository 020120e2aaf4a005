import type { SessionError } from '../errors/session-error';
import type { SignedOutReason } from '../errors/session-error-code';
import type { Session } from './session';

/** Why a session ended, or seems to, without `signOut()`. */
export type ExpiryReason =
  | 'refreshFailed'
  | Exclude<
      SignedOutReason,
      'signedOut' | 'signedOutElsewhere' | 'noSession' | 'configurationFailed' | 'storageUnreadable'
    >;

export type SessionMoment =
  | {
      readonly type: 'signedIn' | 'tokenRefreshed' | 'sessionRestored' | 'sessionReplaced';
      readonly session: Session;
    }
  /** By `signOut()`, here or in another tab (`origin`). */
  | { readonly type: 'signedOut' }
  /**
   * `final: false` only with 'refreshFailed': tokens are kept and the session heals by itself. With `final: true` no
   * `signedOut` follows.
   */
  | { readonly type: 'sessionExpired'; readonly reason: ExpiryReason; readonly final: boolean }
  /** The refresh token ends soon and no renewal can move that. */
  | { readonly type: 'sessionEnding'; readonly endsAt: Date }
  | { readonly type: 'error'; readonly error: SessionError };

/** A moment of the session's life: never replayed, never coalesced. Holds no token. */
export type SessionEvent = { readonly origin: 'thisTab' | 'otherTab' } & SessionMoment;
export type EventOrigin = SessionEvent['origin'];
