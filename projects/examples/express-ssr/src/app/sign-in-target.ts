import { inject, untracked } from '@angular/core';
import { Router } from '@angular/router';
import { injectSignedOutReason, type SignInTarget } from 'ngx-cognito-session';
import { serverSignIn } from 'ngx-cognito-session/server-session';

const toManagedLogin = serverSignIn();

/**
 * Guarded pages lead visitors to managed login. A user whose session has ended goes to the start page: managed login may still
 * remember the user, and would begin a new session without asking.
 */
export const signInTarget: SignInTarget = (returnUrl) =>
  untracked(injectSignedOutReason()) === 'noSession'
    ? toManagedLogin(returnUrl)
    : inject(Router).parseUrl('/');
