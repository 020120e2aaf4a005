import { SessionError, ɵsignInOf, type SessionState } from 'ngx-cognito-session';

/** Whose credentials: a sign-in, a guest, none (`null`), or not known yet (`undefined`). */
export type Owner = string | null | undefined;

/** A guest, and a guest's `sub`. */
export const GUEST = '';

/** The owner of all credentials while the session has this state. A refresh of the tokens keeps it. Pure. */
export function ownerOf(state: SessionState, guests: boolean | undefined): Owner {
  if (state.status === 'restoring') return undefined;
  if (state.status === 'signedOut') return guests === true ? GUEST : null;
  return ɵsignInOf(state.session);
}

/** For callers of a former owner. */
export function superseded(): SessionError {
  return new SessionError('superseded', 'Another session has begun, or this one has ended.');
}
