import { Injector, inject, Injectable, runInInjectionContext } from '@angular/core';
import { Router, type GuardResult } from '@angular/router';
import { defaultIfEmpty, defer, isObservable, map, of, shareReplay, take, type Observable } from 'rxjs';
import { SESSION_LOGGER } from '../platform/session-logger';
import { withoutLoop, type Attempt } from './attempt';
import { ReturnUrl } from './return-url';
import { SIGN_IN_ROUTE, type SignInTarget } from './sign-in-route';

/** Where guards send people who are not signed in, remembering where they wanted to go. */
@Injectable()
export class SignInRedirect {
  private readonly router = inject(Router);
  private readonly returnUrl = inject(ReturnUrl);
  // Never that of a parent injector: it signs in to another user pool.
  private readonly route = inject(SIGN_IN_ROUTE, { optional: true, self: true });
  private readonly injector = inject(Injector);
  private readonly logger = inject(SESSION_LOGGER);
  private last: { readonly navigation: number; readonly answer$: Observable<GuardResult> } | null = null;

  /** Where people go who are signed in already. */
  get afterSignIn(): string {
    return this.route?.afterSignIn ?? '/';
  }

  /** One answer, the same for all guards of a navigation: they ask at the same time, and the page is left once. */
  answer(attempt: Attempt): Observable<GuardResult> {
    const target = this.route?.target;
    if (target === undefined) {
      this.logger.error(
        'A guard turned a navigation down, and there is no withSignInRoute to say where to go.',
      );
      return of(false);
    }
    const { navigation } = attempt;
    if (navigation === null) return this.ask(target, attempt);
    if (this.last?.navigation !== navigation)
      this.last = {
        navigation,
        answer$: this.ask(target, attempt).pipe(shareReplay({ bufferSize: 1, refCount: true })),
      };
    return this.last.answer$;
  }

  private ask(target: SignInTarget, attempt: Attempt): Observable<GuardResult> {
    return defer(() => {
      const before = this.returnUrl.peek();
      this.returnUrl.remember(attempt.url);
      return this.resolve(target, attempt.url).pipe(
        map((asked) => {
          const answer = withoutLoop(asked, attempt, this.router);
          // Nobody wants to return to sign-in: whoever stands there came from somewhere.
          if (answer === true || answer !== asked) this.returnUrl.remember(before);
          if (answer !== asked && answer === false)
            this.logger.error('The route of withSignInRoute redirects to a guarded page.');
          return answer;
        }),
      );
    });
  }

  private resolve(target: SignInTarget, url: string): Observable<GuardResult> {
    if (typeof target === 'string') return of(this.router.parseUrl(target));
    const result = runInInjectionContext(this.injector, () => target(url));
    return (isObservable(result) ? result : of(result)).pipe(take(1), defaultIfEmpty(false));
  }
}
