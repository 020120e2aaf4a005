import { Injector, inject, runInInjectionContext } from '@angular/core';
import { Router, type GuardResult } from '@angular/router';
import { catchError, isObservable, map, of, take, type Observable } from 'rxjs';
import { IS_BROWSER } from '../platform/is-browser';
import { SESSION_LOGGER } from '../platform/session-logger';
import { SessionTokens } from '../session-service/session-tokens';
import { ReturnUrl } from './return-url';
import { SIGN_IN_ROUTE } from './sign-in-route';

/** What guards share; made in the guard's injection context, before anything is waited for. */
export class GuardContext {
  readonly router = inject(Router);
  private readonly tokens = inject(SessionTokens);
  private readonly returnUrl = inject(ReturnUrl);
  private readonly signInRoute = inject(SIGN_IN_ROUTE, { optional: true });
  private readonly injector = inject(Injector);
  private readonly logger = inject(SESSION_LOGGER);
  readonly isBrowser = inject(IS_BROWSER);

  /** Whether somebody is signed in, a stale session included. What cannot be restored in time counts as nobody. */
  isSignedIn(): Observable<boolean> {
    return this.tokens.known().pipe(
      map(({ active }) => active !== null),
      catchError(() => of(false)),
    );
  }

  /** To sign-in, remembering where the user wanted to go. */
  toSignIn(attemptedUrl: string): Observable<GuardResult> {
    const target = this.signInRoute?.target;
    if (target === undefined) {
      this.logger.error(
        'A guard turned a navigation down, and there is no withSignInRoute to say where to go.',
      );
      return of(false);
    }
    this.returnUrl.remember(attemptedUrl);
    if (typeof target === 'string') return of(this.router.parseUrl(target));
    const result = runInInjectionContext(this.injector, () => target(attemptedUrl));
    return isObservable(result) ? result.pipe(take(1)) : of(result);
  }

  afterSignIn(): GuardResult {
    return this.router.parseUrl(this.signInRoute?.afterSignIn ?? '/');
  }
}
