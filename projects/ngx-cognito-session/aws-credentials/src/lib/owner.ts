import { ɵsignInOf, type SessionState } from 'ngx-cognito-session';

/** Whose credentials: a sign-in, a guest, none (`null`), or not known yet (`undefined`). */
export type Owner = string | null | undefined;

export const GUEST = '';

/** The owner of all credentials while the session has this state. A refresh of the tokens keeps it. Pure. */
export function ownerOf(state: SessionState, guests: boolean): Owner {
  if (state.status === 'restoring') return undefined;
  if (state.status === 'signedOut') return guests ? GUEST : null;
  return ɵsignInOf(state.session);
}
