import { Location } from '@angular/common';
import { inject, untracked } from '@angular/core';
import { Router } from '@angular/router';
import {
  injectSignedOutReason,
  ɵdeferToBrowser,
  ɵIS_BROWSER,
  ɵLEAVE_PAGE,
  type SignInTarget,
} from 'ngx-cognito-session';
import { map } from 'rxjs';
import { ServerRoutes } from './server-routes';
import { ServerSignOut } from './server-sign-out';
import { signInLimit } from './sign-in-limit';

/** What managed login is asked for. */
export interface ServerSignInOptions {
  /** Goes to this identity provider, without a page of Cognito's. */
  identityProvider?: string;
  /** The language of managed login, such as `de`. */
  lang?: string;
  /** The name that managed login shows. */
  loginHint?: string;
  /** Such as `login`: asks for the password also if managed login remembers the user. Default after a sign-out, also that of an inactive user: `login`. */
  prompt?: string;
}

/**
 * The target of `withSignInRoute` that starts managed login: guards leave the app for the server's route `GET login`, which
 * leads back to the attempted URL. After a sign-out on a guarded page managed login asks for the password. With `leaveAtSignOut`
 * the page is left for managed login's own sign-out instead. On a server it renders the app without the page, and the browser leaves.
 *
 * ```ts
 * provideServerSession({}, withSignInRoute(serverSignIn({ lang: 'de' })));
 * ```
 */
export function serverSignIn(options: ServerSignInOptions = {}): Exclude<SignInTarget, string> {
  return (returnUrl) => {
    const router = inject(Router);
    if (!inject(ɵIS_BROWSER)) return ɵdeferToBrowser(router);
    const { identityProvider, lang, loginHint, prompt } = options;
    const hasSignedOut = /^(?:signedOut|idle)/.test(untracked(injectSignedOutReason()) ?? '');
    const asked = {
      returnUrl: inject(Location).prepareExternalUrl(returnUrl),
      identity_provider: identityProvider,
      lang,
      login_hint: loginHint,
      // Managed login may remember the user, and would undo the sign-out without asking.
      prompt: prompt ?? (hasSignedOut ? 'login' : undefined),
    };
    const query = new URLSearchParams(
      Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    const url = `${inject(ServerRoutes).url('login')}?${query.toString()}`;
    const passesLimit = signInLimit();
    const isWanted = hasSignedOut || (router.navigated && router.url !== returnUrl);
    const leave = inject(ɵLEAVE_PAGE);
    return inject(ServerSignOut).leaving$.pipe(
      map((isLeaving) => {
        // Nothing is shown yet: the way back must not lead here again.
        if (!isLeaving && (isWanted || passesLimit())) leave(url, !router.navigated);
        return false;
      }),
    );
  };
}
