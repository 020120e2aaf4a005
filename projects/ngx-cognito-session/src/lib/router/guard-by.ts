import { inject, untracked } from '@angular/core';
import { Router, type GuardResult, type UrlTree } from '@angular/router';
import { catchError, map, of, switchMap, type Observable } from 'rxjs';
import type { Session } from '../core/session';
import { IS_BROWSER } from '../platform/is-browser';
import { RestoreWait } from '../session-service/restore-wait';
import { SessionService } from '../session-service/session-service';
import { Redirects } from './redirects';
import { rejectionReport } from './rejections';
import { serverAnswer } from './server-answer';
import type { SessionGuardFn } from './session-guard-fn';
import { SIGN_IN_ROUTE } from './sign-in-route';

declare const ngDevMode: unknown;
declare const ngServerMode: unknown;

/** Where a guard redirects to, or whether it admits the user; `null`: to sign-in; `undefined`: nowhere, which the app did not say. */
export type Verdict = boolean | string | UrlTree | null | undefined;

/**
 * A guard that decides by the session, a stale one included. A session that cannot be restored in time counts as none. The
 * guard reads its injection context and the navigation before it waits.
 */
export function guardBy(decide: (session: Session | null, afterSignIn: string) => Verdict): SessionGuardFn {
  return (route, target) => {
    // The message without `provideSession` names it.
    inject(SessionService);
    const restore = inject(RestoreWait);
    const redirects = new Redirects();
    const signIn = inject(SIGN_IN_ROUTE, { optional: true });
    const router = inject(Router);
    const diagnose = typeof ngDevMode === 'undefined' || ngDevMode ? rejectionReport(target) : null;
    const attempted = { router, route, target, navigation: untracked(router.currentNavigation) };
    const known$ = restore.known().pipe(map(({ active }) => active?.session ?? null));
    const answer = (session: Session | null): Observable<GuardResult> => {
      const verdict = decide(session, signIn?.afterSignIn ?? '/');
      if ((typeof ngDevMode === 'undefined' || ngDevMode) && verdict === undefined) diagnose?.();
      if (verdict === undefined || typeof verdict === 'boolean') return of(verdict === true);
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
