import { createSessionGuard } from 'ngx-cognito-session';

/** Admits signed-in users with a verified e-mail address: replace the condition by yours. Visitors go to sign-in. */
export const verifiedGuard = createSessionGuard((session) => session.user.emailVerified === true, {
  denied: '/',
});
