import { groupGuard, signedInGuard } from 'ngx-cognito-session';

export const PAGE_GUARDS = {
  /** For all users. The others sign in first, and come back to the page. */
  members: signedInGuard,
  /** For one group. Other users are led to a page that says so, and the guarded one is not loaded. */
  admins: groupGuard('admins', { denied: '/denied' }),
};

export type PageGuard = keyof typeof PAGE_GUARDS;
