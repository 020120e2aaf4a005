import { inject, untracked } from '@angular/core';
import { Router, type GuardResult, type UrlTree } from '@angular/router';
import { catchError, map, of, switchMap, type Observable } from 'rxjs';
import type { Session } from '../core/session';
import { IS_BROWSER } from '../platform/is-browser';
import { LiveTokens } from '../session-service/live-tokens';
import { SessionService } from '../session-service/session-service';
import { Redirects } from './redirects';
import { serverAnswer } from './server-answer';
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
    // The message without `provideSession` names it.
    inject(SessionService);
    const tokens = inject(LiveTokens);
    const redirects = new Redirects();
    const signIn = inject(SIGN_IN_ROUTE, { optional: true });
    const router = inject(Router);
    const attempted = { router, route, target, navigation: untracked(router.currentNavigation) };
    const known$ = tokens.known().pipe(map(({ active }) => active?.session ?? null));
    const answer = (session: Session | null): Observable<GuardResult> => {
      const verdict = decide(session, signIn?.afterSignIn ?? '/');
      if (typeof verdict === 'boolean') return of(verdict);
      return verdict === null ? redirects.toSignIn(attempted) : redirects.to(verdict, attempted);
    };
    // Builds for browsers set it to `false`.
    return (typeof ngServerMode === 'undefined' || ngServerMode) && !inject(IS_BROWSER)
      ? serverAnswer(known$, answer)
      : known$.pipe(
          catchError(() => of(null)),
          switchMap(answer),
        );
  };
}
