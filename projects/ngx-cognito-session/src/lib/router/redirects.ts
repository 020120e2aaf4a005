import { inject, Injector, runInInjectionContext } from '@angular/core';
import type { GuardResult, UrlTree } from '@angular/router';
import { defaultIfEmpty, defer, isObservable, map, of, shareReplay, take, type Observable } from 'rxjs';
import { SESSION_LOGGER } from '../platform/session-logger';
import type { Attempted } from './attempted';
import { SIGN_IN_ROUTE, type SignInTarget } from './sign-in-route';
import { readAttempt, type Attempt } from './attempt';
import { GUARD_MEMORY, type Asked } from './guard-memory';
import { KeptReturnUrl } from './kept-return-url';
import { diagnoseMissingSignInRoute } from './rejections';
import { treeOf, withoutLoop } from './without-loop';

declare const ngDevMode: unknown;

/** More redirects that follow each other are taken for a circle. */
const MOST_REDIRECTS = 10;

/** Redirects users who are not signed in to the target of the app, and keeps the attempted URL. Needs an injection context. */
export class Redirects {
  private readonly returnUrl = new KeptReturnUrl();
  private readonly route = inject(SIGN_IN_ROUTE, { optional: true });
  private readonly logger = inject(SESSION_LOGGER);
  private readonly injector = inject(Injector);
  private readonly memory = inject(GUARD_MEMORY);

  to(target: string | UrlTree, attempted: Attempted): Observable<GuardResult> {
    const answer = typeof target === 'string' ? attempted.router.parseUrl(target) : target;
    const attempt = readAttempt(attempted);
    return of(this.limited(withoutLoop(answer, attempt), attempt));
  }

  /** The target is called once for all guards of a navigation: they run at the same time, and the page is left once. */
  toSignIn(attempted: Attempted): Observable<GuardResult> {
    if (this.route === null) {
      if (typeof ngDevMode === 'undefined' || ngDevMode)
        runInInjectionContext(this.injector, () => {
          diagnoseMissingSignInRoute(attempted.target);
        });
      return of(false);
    }
    const attempt = readAttempt(attempted);
    return this.ask(this.route.target, attempt).pipe(
      map(({ asked, before }) => {
        const answer = withoutLoop(asked, attempt);
        // The URL of sign-in itself is not remembered.
        if (answer === true || answer !== asked) this.returnUrl.exchange(before);
        // After `canMatch` the router tries the next route, and reports itself if there is none.
        if (answer !== asked && answer === false && attempt.tried === null)
          this.logger.error('The route of withSignInRoute redirects to a guarded page.');
        return this.limited(answer, attempt);
      }),
    );
  }

  /** The router would follow a circle of redirects for ever, and the page would freeze. */
  private limited(answer: GuardResult, { navigation, requested, router }: Attempt): GuardResult {
    const tree = treeOf(answer);
    if (tree === null || navigation === null) return answer;
    const { redirected } = this.memory;
    const distance = redirected === null ? Infinity : navigation - redirected.navigation;
    // The router begins the next navigation in place of the one that is redirected. Other guards of that one may redirect as well.
    const isNext = distance === 0 || (distance === 1 && requested === redirected?.to);
    const count = isNext ? (redirected?.count ?? 0) + distance : 1;
    const isCircle = count > MOST_REDIRECTS;
    this.memory.redirected = isCircle ? null : { navigation, to: router.serializeUrl(tree), count };
    if (!isCircle) return answer;
    this.logger.error('Guards redirect in a circle. The navigation is cancelled.');
    return false;
  }

  private ask(target: SignInTarget, { navigation, url, router }: Attempt): Observable<Asked> {
    if (navigation !== null && this.memory.asked?.navigation === navigation) return this.memory.asked.answer$;
    const asked$ = defer(() => {
      const before = this.returnUrl.exchange(url);
      const answer =
        typeof target === 'string'
          ? router.parseUrl(target)
          : runInInjectionContext(this.injector, () => target(url));
      return (isObservable(answer) ? answer : of(answer)).pipe(
        take(1),
        defaultIfEmpty(false),
        map((asked) => ({ asked, before })),
      );
    }).pipe(shareReplay({ bufferSize: 1, refCount: true }));
    if (navigation !== null) this.memory.asked = { navigation, answer$: asked$ };
    return asked$;
  }
}
