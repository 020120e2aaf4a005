import type { Session } from './session';
import type { TimeAnchor } from './session-time';
import type { TokenSet } from './token-set';

/**
 * The session as the library holds it, raw tokens included. `sid` is random per sign-in, `gen` grows by one with each
 * committed renewal; together they tell whether a late result still counts.
 */
export interface ActiveSession {
  readonly sid: string;
  readonly gen: number;
  /** When the session was signed in: epoch ms, device time. */
  readonly since: number;
  readonly tokens: TokenSet;
  readonly anchor: TimeAnchor;
  /** The time at Cognito, ms, whenever it is asked. */
  readonly serverNowMs: () => number;
  /** The public face: no raw token. */
  readonly session: Session;
  readonly expiresAtMs: number;
  /** From here on no token of it is handed out any more; server time. */
  readonly diesAtMs: number;
  /** When a renewal is due, server time. Jitter is drawn once per set of tokens. */
  readonly renewalDueAtMs: number;
}
