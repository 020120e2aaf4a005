import type { SessionError } from '../errors/session-error';
import type { SignedOutReason } from '../errors/session-error-code';
import type { ActiveSession } from './active-session';
import type { RenewalFailure } from './renewal-failure';
import type { Session } from './session';

/** What is known about the session right now. */
export type SessionState =
  /** Not known yet: the stored session is being read, or its expired access token refreshed. */
  | { readonly status: 'restoring' }
  | { readonly status: 'signedOut'; readonly reason: SignedOutReason }
  /** `refreshing`: a refresh is in flight. */
  | { readonly status: 'signedIn'; readonly session: Session; readonly refreshing: boolean }
  /**
   * The access token has expired, the refresh token is not known to be invalid, and the refresh has failed. Recovers
   * without the app's help. Counts as signed in.
   */
  | { readonly status: 'stale'; readonly session: Session; readonly error: SessionError };

interface Held {
  readonly active: ActiveSession;
  readonly refreshing: boolean;
  /** `sessionEnding` is emitted once per session. */
  readonly endingAnnounced: boolean;
  /** The record has not confirmed these tokens yet. None of them is handed out before. */
  readonly suspect: boolean;
  /** A first state that was read from the copy: no event has been emitted for it yet. */
  readonly unannounced: boolean;
}

/** A session is held. `restoring`: its access token is dead and is being refreshed. */
export type HeldState = Held &
  (
    | { readonly status: 'restoring' | 'signedIn'; readonly failure: RenewalFailure | null }
    | { readonly status: 'stale'; readonly failure: RenewalFailure }
  );

/** The state with everything in it, tokens included. `SessionState` is its public face. */
export type InternalState =
  | { readonly status: 'restoring'; readonly active: null }
  | {
      readonly status: 'signedOut';
      readonly active: null;
      readonly reason: SignedOutReason;
      /** `sub` of the user whom another user has replaced. Only that user's session may be adopted again. */
      readonly displaced?: string;
    }
  | HeldState;

export function isHeld(state: InternalState): state is HeldState {
  return state.active !== null;
}

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
