import { inject } from '@angular/core';
import {
  Router,
  type ActivatedRouteSnapshot,
  type GuardResult,
  type Route,
  type RouterStateSnapshot,
  type UrlSegment,
  type UrlTree,
} from '@angular/router';
import { catchError, map, of, switchMap, type Observable } from 'rxjs';
import { SERVER_GUARDS } from '../config/server-guards';
import type { Session } from '../core/session';
import { IS_BROWSER } from '../platform/is-browser';
import { SessionTokens } from '../session-service/session-tokens';
import { readAttempt, withoutLoop, type Attempt } from './attempt';
import { SignInRedirect } from './sign-in-redirect';

/** One run of a guard; made in the guard's injection context, before anything is waited for. */
export class GuardContext {
  private readonly router = inject(Router);
  private readonly tokens = inject(SessionTokens);
  private readonly isBrowser = inject(IS_BROWSER);
  private readonly onServer = inject(SERVER_GUARDS);
  private readonly signInRedirect = inject(SignInRedirect);
  private readonly attempt: Attempt;

  constructor(route: Route | ActivatedRouteSnapshot, target: RouterStateSnapshot | UrlSegment[]) {
    this.attempt = readAttempt(route, target, this.router);
  }

  /** Decides by the session, a stale one included; what cannot be restored in time counts as none. */
  answer(decide: (session: Session | null) => Observable<GuardResult>): Observable<GuardResult> {
    return this.tokens.known().pipe(
      map(({ active }) => active?.session ?? null),
      catchError(() => of(this.isBrowser || this.onServer === 'signIn' ? null : undefined)),
      // On a server nothing waits, and what is not known there the browser asks again.
      switchMap((session) => (session === undefined ? of(true) : decide(session))),
    );
  }

  toSignIn(): Observable<GuardResult> {
    return this.signInRedirect.answer(this.attempt);
  }

  toAfterSignIn(): Observable<GuardResult> {
    return this.to(this.signInRedirect.afterSignIn);
  }

  to(target: string | UrlTree | boolean): Observable<GuardResult> {
    const answer = typeof target === 'string' ? this.router.parseUrl(target) : target;
    return of(withoutLoop(answer, this.attempt, this.router));
  }
}
