import { inject, untracked } from '@angular/core';
import { Router } from '@angular/router';
import { ɵdeferToBrowser, ɵIS_BROWSER, type SessionError, type SignInTarget } from 'ngx-cognito-session';
import { catchError, map, of, takeUntil } from 'rxjs';
import { AppUrls } from './app-urls';
import { LazyLogin } from './lazy-login';
import { LoginState } from './login-state';
import { ManagedLogin } from './managed-login';
import { MANAGED_LOGIN_CONFIG } from './managed-login-config';
import type { ManagedSignInOptions } from './sign-in-options';

/** Set to `false` by builds for browsers. */
declare const ngServerMode: unknown;

/**
 * The target of `withSignInRoute` that starts managed login: guards leave the app, and the sign-in leads back to the attempted
 * URL. After a sign-out managed login asks for the password. A page that is loaded is left at most twice within a minute unless a
 * sign-in is finished. After that, and if the sign-in cannot start, the route of `redirectUri` shows `ManagedLogin.error`; `callback` if a
 * function that configures managed login fails. On a server it renders the app without the page, and the browser leaves.
 *
 * ```ts
 * provideSession(
 *   config,
 *   withManagedLogin({ domain: 'example.auth.eu-west-1.amazoncognito.com' }),
 *   withSignInRoute(managedLoginTarget({ lang: 'de' })),
 * );
 * ```
 */
export function managedLoginTarget(
  options: Omit<ManagedSignInOptions, 'returnUrl'> = {},
): Exclude<SignInTarget, string> {
  return (returnUrl) => {
    const router = inject(Router);
    if ((typeof ngServerMode === 'undefined' || ngServerMode) && !inject(ɵIS_BROWSER))
      return ɵdeferToBrowser(router);
    inject(ManagedLogin);
    const state = inject(LoginState);
    const config = inject(MANAGED_LOGIN_CONFIG);
    const urls = new AppUrls();
    if (state.isLeaving) {
      // The page is empty then. `info` is that of the navigation by which the page was to be left at the end of the session.
      const info = untracked(router.currentNavigation)?.extras.info;
      state.whenStaying = () => {
        void router.navigateByUrl(router.url, { onSameUrlNavigation: 'reload', replaceUrl: true, info });
      };
      return false;
    }
    const rejected = { returnUrl, isOtherPageShown: router.navigated && router.url !== returnUrl };
    return inject(LazyLogin)
      .run((parts) => parts.answer(rejected, options))
      .pipe(
        takeUntil(state.signOut$),
        catchError((error: SessionError) => {
          state.tell(error);
          // Where a function of the app has managed login lead back to is not known.
          return of(urls.callbackPath(typeof config === 'function' ? {} : config) ?? false);
        }),
        map((answer) => (typeof answer === 'string' ? router.parseUrl(answer) : answer)),
      );
  };
}
