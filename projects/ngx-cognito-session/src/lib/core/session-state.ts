import type { SessionError } from '../errors/session-error';
import type { SignedOutReason } from '../errors/session-error-code';
import type { ActiveSession } from './active-session';
import type { RenewalFailure } from './renewal-failure';
import type { Session } from './session';

/** What is known about the session right now. */
export type SessionState =
  /** Not known yet: the stored session is being read, or its dead access token renewed. */
  | { readonly status: 'restoring' }
  | { readonly status: 'signedOut'; readonly reason: SignedOutReason }
  /** `refreshing`: a renewal is under way. */
  | { readonly status: 'signedIn'; readonly session: Session; readonly refreshing: boolean }
  /**
   * The access token is dead, the refresh token is not known to be, Cognito could not be reached. Heals by itself.
   * Counts as signed in.
   */
  | { readonly status: 'stale'; readonly session: Session; readonly error: SessionError };

interface Held {
  readonly active: ActiveSession;
  readonly refreshing: boolean;
  /** `sessionEnding` is told once per session. */
  readonly endingAnnounced: boolean;
  /** The record has yet to say whether these tokens still count: none of them is handed out before. */
  readonly suspect: boolean;
}

/** A session is held: `restoring` while the dead access token of a stored session is being renewed. */
export type HeldState = Held &
  (
    | { readonly status: 'restoring' | 'signedIn'; readonly failure: RenewalFailure | null }
    | { readonly status: 'stale'; readonly failure: RenewalFailure }
  );

/** The state with everything in it, tokens included; `SessionState` is its public face. */
export type InternalState =
  | { readonly status: 'restoring'; readonly active: null }
  | {
      readonly status: 'signedOut';
      readonly active: null;
      readonly reason: SignedOutReason;
      /** `sub` of the user whose place another one has taken: only that one's session may come back by itself. */
      readonly displaced?: string;
    }
  | HeldState;

export const INITIAL_STATE: InternalState = { status: 'restoring', active: null };

export function toPublicState(state: InternalState): SessionState {
  switch (state.status) {
    case 'restoring':
      return { status: 'restoring' };
    case 'signedOut':
      return { status: 'signedOut', reason: state.reason };
    case 'signedIn':
      return { status: 'signedIn', session: state.active.session, refreshing: state.refreshing };
    case 'stale':
      return { status: 'stale', session: state.active.session, error: state.failure.error };
  }
}

/** Whether two states look the same from outside. States of one status have the same fields. */
export function isSameState(a: SessionState, b: SessionState): boolean {
  const other: Readonly<Record<string, unknown>> = { ...b };
  return Object.entries(a).every(([field, value]) => other[field] === value);
}
