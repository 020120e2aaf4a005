import { SessionError, ɵsignInOf, type Session } from 'ngx-cognito-session';

/** Whose credentials: a sign-in, a guest, none (`null`), or not known yet (`undefined`). */
export type Owner = string | null | undefined;

/** A guest, and a guest's `sub`. */
export const GUEST = '';

/** The owner of all credentials while the session is this one. A refresh of the tokens keeps it. Pure. */
export function ownerOf(session: Session | null | undefined, guests: boolean | undefined): Owner {
  if (session) return ɵsignInOf(session);
  return session === null && guests === true ? GUEST : session;
}

/** For callers of a former owner. */
export function superseded(): SessionError {
  return new SessionError('superseded', 'Another session has begun.');
}
