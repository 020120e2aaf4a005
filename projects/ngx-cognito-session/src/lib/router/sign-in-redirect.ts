import { Injector, inject, Injectable, runInInjectionContext } from '@angular/core';
import { Router, type GuardResult } from '@angular/router';
import { defaultIfEmpty, defer, isObservable, map, of, shareReplay, take, type Observable } from 'rxjs';
import { SESSION_LOGGER } from '../platform/session-logger';
import { withoutLoop, type Attempt } from './attempt';
import { ReturnUrl } from './return-url';
import { SIGN_IN_ROUTE, type SignInTarget } from './sign-in-route';

/** What the target said, and what was remembered until then. */
interface Asked {
  readonly asked: GuardResult;
  readonly before: string | null;
}

/** Where guards send people who are not signed in, remembering where they wanted to go. */
@Injectable()
export class SignInRedirect {
  private readonly router = inject(Router);
  private readonly returnUrl = inject(ReturnUrl);
  // Never that of a parent injector: it signs in to another user pool.
  private readonly route = inject(SIGN_IN_ROUTE, { optional: true, self: true });
  private readonly injector = inject(Injector);
  private readonly logger = inject(SESSION_LOGGER);
  private last: { readonly navigation: number; readonly asked$: Observable<Asked> } | null = null;

  /** Where people go who are signed in already. */
  get afterSignIn(): string {
    return this.route?.afterSignIn ?? '/';
  }

  /** The target is asked once for all guards of a navigation: they ask at the same time, and the page is left once. */
  answer(attempt: Attempt): Observable<GuardResult> {
    const target = this.route?.target;
    if (target === undefined) {
      this.logger.error(
        'A guard turned a navigation down, and there is no withSignInRoute to say where to go.',
      );
      return of(false);
    }
    return this.ask(target, attempt).pipe(
      map(({ asked, before }) => {
        const answer = withoutLoop(asked, attempt, this.router);
        // Nobody wants to return to sign-in: whoever stands there came from somewhere.
        if (answer === true || answer !== asked) this.returnUrl.remember(before);
        // After `canMatch` the router tries the next route, and says itself when there is none.
        if (answer !== asked && answer === false && attempt.tried === null)
          this.logger.error('The route of withSignInRoute redirects to a guarded page.');
        return answer;
      }),
    );
  }

  private ask(target: SignInTarget, { navigation, url }: Attempt): Observable<Asked> {
    if (navigation !== null && this.last?.navigation === navigation) return this.last.asked$;
    const asked$ = defer(() => {
      const before = this.returnUrl.peek();
      this.returnUrl.remember(url);
      return this.resolve(target, url).pipe(map((asked) => ({ asked, before })));
    }).pipe(shareReplay({ bufferSize: 1, refCount: true }));
    if (navigation !== null) this.last = { navigation, asked$ };
    return asked$;
  }

  private resolve(target: SignInTarget, url: string): Observable<GuardResult> {
    if (typeof target === 'string') return of(this.router.parseUrl(target));
    const result = runInInjectionContext(this.injector, () => target(url));
    return (isObservable(result) ? result : of(result)).pipe(take(1), defaultIfEmpty(false));
  }
}
