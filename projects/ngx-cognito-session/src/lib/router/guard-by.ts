import { inject, untracked } from '@angular/core';
import { Router, type UrlTree } from '@angular/router';
import { catchError, map, of, switchMap } from 'rxjs';
import { SERVER_GUARDS } from '../config/server-guards';
import type { Session } from '../core/session';
import { IS_BROWSER } from '../platform/is-browser';
import { LiveTokens } from '../session-service/live-tokens';
import { Redirects } from './redirects';
import type { SessionGuardFn } from './session-guard-fn';
import { SIGN_IN_ROUTE } from './sign-in-route';

declare const ngServerMode: unknown;

/** Where a guard redirects to, or whether it admits the user; `null`: to sign-in. */
export type Verdict = boolean | string | UrlTree | null;

/**
 * A guard that decides by the session, a stale one included. A session that cannot be restored in time counts as none. The
 * guard reads its injection context and the navigation before it waits.
 */
export function guardBy(decide: (session: Session | null, afterSignIn: string) => Verdict): SessionGuardFn {
  return (route, target) => {
    const tokens = inject(LiveTokens);
    const redirects = new Redirects();
    const signIn = inject(SIGN_IN_ROUTE, { optional: true });
    // Builds for browsers set it to `false`.
    const isUnknown =
      (typeof ngServerMode === 'undefined' || ngServerMode) &&
      !inject(IS_BROWSER) &&
      inject(SERVER_GUARDS) === 'allow';
    const router = inject(Router);
    const attempted = { router, route, target, navigation: untracked(router.currentNavigation) };
    return tokens.known().pipe(
      map(({ active }) => active?.session ?? null),
      // Nothing waits on a server. The browser runs the guard again.
      catchError(() => of(isUnknown ? undefined : null)),
      map((session) => session === undefined || decide(session, signIn?.afterSignIn ?? '/')),
      switchMap((verdict) => {
        if (typeof verdict === 'boolean') return of(verdict);
        return verdict === null ? redirects.toSignIn(attempted) : redirects.to(verdict, attempted);
      }),
    );
  };
}
