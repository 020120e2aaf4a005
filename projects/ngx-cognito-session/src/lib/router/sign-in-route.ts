import { InjectionToken } from '@angular/core';
import type { GuardResult, RedirectCommand } from '@angular/router';
import type { Observable } from 'rxjs';

declare const ngDevMode: unknown;

/** A function may leave the page (managed login) and return false. */
export type SignInTarget =
  string | ((returnUrl: string) => GuardResult | RedirectCommand | Observable<GuardResult>);

/** What `withSignInRoute` configures. */
export interface SignInRoute {
  /** Where guards redirect users who are not signed in. */
  readonly target: SignInTarget;
  /** Where signed-in users go from pages for signed-out ones. */
  readonly afterSignIn: string;
}

/** `null`: the app has no sign-in route. */
export const SIGN_IN_ROUTE = new InjectionToken<SignInRoute | null>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'SIGN_IN_ROUTE' : '',
);

/** Watches for the end of the session as long as its injector exists. Only `withSignInRoute` provides it. */
export const SESSION_END_WATCH = new InjectionToken<unknown>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'SESSION_END_WATCH' : '',
);
