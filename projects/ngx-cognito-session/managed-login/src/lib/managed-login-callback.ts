import { inject, untracked } from '@angular/core';
import { RedirectCommand, Router, type CanActivateFn } from '@angular/router';
import {
  SessionService,
  ɵdeferToBrowser,
  ɵIS_BROWSER,
  ɵSIGN_IN_ROUTE,
  type SessionError,
} from 'ngx-cognito-session';
import { catchError, map, of } from 'rxjs';
import { pathOf } from './app-urls';
import { LazyLogin } from './lazy-login';
import { LoginState } from './login-state';
import { ManagedLogin } from './managed-login';

/** Set to `false` by builds for browsers. */
declare const ngServerMode: unknown;

/**
 * The guard of the route that managed login leads back to. It finishes the sign-in and goes on to the page that the user wanted.
 * If the sign-in has failed, it admits the user to its own route: show `ManagedLogin.error` there, and offer another sign-in. A
 * callback that was used before leads a user who is signed in to `afterSignIn` of `withSignInRoute`. The history of the browser
 * keeps nothing of the callback. On a server it leaves the page to the browser.
 *
 * ```ts
 * const routes: Routes = [
 *   { path: 'callback', canActivate: [managedLoginCallback], component: SignInProblemPage },
 * ];
 * ```
 */
export const managedLoginCallback: CanActivateFn = (_route, { url }) => {
  const router = inject(Router);
  if ((typeof ngServerMode === 'undefined' || ngServerMode) && !inject(ɵIS_BROWSER))
    return ɵdeferToBrowser(router);
  const session = inject(SessionService);
  inject(ManagedLogin);
  const state = inject(LoginState);
  const start = inject(ɵSIGN_IN_ROUTE, { optional: true })?.afterSignIn ?? '/';
  const goTo = (target: string) => new RedirectCommand(router.parseUrl(target), { replaceUrl: true });
  const page = pathOf(url);
  if (page === url && untracked(state.error) !== null) return true;
  return inject(LazyLogin)
    .complete(url)
    .pipe(
      map(goTo),
      catchError((error: SessionError) =>
        session.initialize().pipe(
          catchError(() => of(null)),
          map((signedIn) => {
            if (signedIn !== null && error.code === 'callbackInvalid') return goTo(start);
            state.tell(error);
            return page === url || goTo(page);
          }),
        ),
      ),
    );
};
