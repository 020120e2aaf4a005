import { Location } from '@angular/common';
import { inject } from '@angular/core';
import { Router } from '@angular/router';
import { ɵdeferToBrowser, ɵIS_BROWSER, type SignInTarget } from 'ngx-cognito-session';
import { LEAVE_PAGE } from './leave-page';
import { ServerRoutes } from './server-routes';

/** What managed login is asked for. */
export interface ServerSignInOptions {
  /** Goes to this identity provider, without a page of Cognito's. */
  identityProvider?: string;
  /** The language of managed login, such as `de`. */
  lang?: string;
  /** The name that managed login shows. */
  loginHint?: string;
  /** Such as `login`: asks for the password also if managed login remembers the user. */
  prompt?: string;
}

/**
 * The target of `withSignInRoute` that starts managed login: guards leave the app for the server's route `GET login`, which
 * leads back to the attempted URL. On a server it renders the app without the page, and the browser leaves.
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
    const asked = {
      returnUrl: inject(Location).prepareExternalUrl(returnUrl),
      identity_provider: identityProvider,
      lang,
      login_hint: loginHint,
      prompt,
    };
    const query = new URLSearchParams(
      Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    // Nothing is shown yet: the way back must not lead here again.
    inject(LEAVE_PAGE)(`${inject(ServerRoutes).url('login')}?${query.toString()}`, !router.navigated);
    return false;
  };
}
