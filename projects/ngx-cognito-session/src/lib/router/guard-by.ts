import { inject, untracked } from '@angular/core';
import { Router, type GuardResult, type UrlTree } from '@angular/router';
import { catchError, map, of, switchMap } from 'rxjs';
import { SERVER_GUARDS } from '../config/server-guards';
import type { Session } from '../core/session';
import { IS_BROWSER } from '../platform/is-browser';
import { SessionTokens } from '../session-service/session-tokens';
import type { Attempted } from './attempted';
import { pathOf } from './path-of';
import { REDIRECTS } from './redirects';
import { RETURN_URL_MEMORY, type ReturnUrlMemory } from './return-url-keys';
import type { SessionGuardFn } from './session-guard-fn';
import { SIGN_IN_ROUTE, type SignInTarget } from './sign-in-route';

declare const ngServerMode: unknown;

/** Where a guard sends people, or whether it lets them through; `null`: to sign-in. */
export type Verdict = boolean | string | UrlTree | null;

/**
 * A guard that decides by the session, a stale one included; what cannot be restored in time counts as none. All it needs
 * of its injection context and of the navigation it reads before anything is waited for.
 */
export function guardBy(decide: (session: Session | null, afterSignIn: string) => Verdict): SessionGuardFn {
  return (route, target) => {
    const tokens = inject(SessionTokens);
    const memory = inject(RETURN_URL_MEMORY);
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
      // On a server nothing waits, and what is not known there the browser asks again.
      catchError(() => of(isUnknown ? undefined : null)),
      map((session) => session === undefined || decide(session, signIn?.afterSignIn ?? '/')),
      switchMap((verdict) =>
        typeof verdict === 'boolean'
          ? of(verdict)
          : tokens.part(REDIRECTS).pipe(
              catchError(() => of(null)),
              switchMap((redirects) => {
                if (redirects === null) return of(withoutEngine(attempted, signIn?.target, memory));
                return verdict === null ? redirects.toSignIn(attempted) : redirects.to(verdict, attempted);
              }),
            ),
      ),
    );
  };
}

/**
 * The chunk with the redirects cannot be had in time: to the route of sign-in, unless that is what is asked for. A function
 * is not called: what it leads to needs the chunk as well.
 */
function withoutEngine(
  { navigation, router, target: tried }: Attempted,
  target: SignInTarget | undefined,
  memory: ReturnUrlMemory,
): GuardResult {
  const url = navigation && router.serializeUrl(navigation.extractedUrl);
  const answer = typeof target === 'string' && router.parseUrl(target);
  if (url !== null && answer !== false && pathOf(url) === pathOf(router.serializeUrl(answer)))
    // It may lead elsewhere. With `canMatch` the route that is tried may be another one: that of sign-in comes after it.
    return 'url' in tried && pathOf(tried.url) === pathOf(url);
  memory.url = url;
  return answer;
}
