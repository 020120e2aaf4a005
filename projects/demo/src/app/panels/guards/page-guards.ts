import type { Route } from '@angular/router';
import { groupGuard, signedInGuard } from 'ngx-cognito-session';

/** A page for all users. The others sign in first, and come back to it. */
export const FOR_MEMBERS: Pick<Route, 'canActivate'> = { canActivate: [signedInGuard] };

/** A page for one group. Other users are led to a page that says so, and the guarded one is not loaded. */
export const FOR_ADMINS: Pick<Route, 'canActivate'> = {
  canActivate: [groupGuard('admins', { denied: '/denied' })],
};
