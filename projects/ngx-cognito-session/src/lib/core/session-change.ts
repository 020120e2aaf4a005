import type { SessionError } from '../errors/session-error';
import type { ActiveSession } from './active-session';
import type { RenewalFailure } from './renewal-failure';
import type { EndedBy, EventOrigin, ExpiryReason } from './session-event';

/** What can happen to a session. Results carry the `sid` and `gen` they belong to, so that late ones change nothing. */
export type SessionChange =
  /** The copy holds a living session. The record has not been read yet. */
  | { readonly type: 'shown'; readonly active: ActiveSession }
  /** A session that was not held before: restored, or signed in here or in another tab. */
  | { readonly type: 'adopted'; readonly active: ActiveSession; readonly origin: EventOrigin }
  | {
      readonly type: 'notRestored';
      readonly reason:
        'noSession' | 'signedOut' | 'configurationFailed' | 'storageCleared' | 'storageUnreadable';
      readonly error?: SessionError;
    }
  /** The record cannot be read, and no copy takes its place. */
  | { readonly type: 'unreadable'; readonly error: SessionError }
  /** By `signOut()` in this tab, or by the library for a reason. */
  | { readonly type: 'signedOut'; readonly reason?: EndedBy | undefined }
  | { readonly type: 'renewing'; readonly sid: string }
  | { readonly type: 'renewed'; readonly active: ActiveSession; readonly origin: EventOrigin }
  | {
      readonly type: 'failed';
      readonly sid: string;
      readonly gen: number;
      readonly failure: RenewalFailure;
      /** Whether the access token is dead and the configured retries are used up. */
      readonly stale: boolean;
      /** Where it was seen first; `null`: it has been reported before. */
      readonly reported: EventOrigin | null;
    }
  | { readonly type: 'endingAnnounced'; readonly sid: string }
  /** The page has lost its database, or has it again. */
  | { readonly type: 'dueChanged'; readonly sid: string; readonly renewalDueAtMs: number }
  /** The page was hidden or frozen: the record may have changed. */
  | { readonly type: 'suspected'; readonly sid: string }
  /** The record confirms the tokens held. */
  | { readonly type: 'verified'; readonly sid: string }
  /** The session is over; `signedOutElsewhere` by `signOut()` in another tab. */
  | {
      readonly type: 'ended';
      readonly sid: string;
      readonly reason: Exclude<ExpiryReason, 'refreshFailed'> | 'signedOutElsewhere';
      readonly origin: EventOrigin;
    };
