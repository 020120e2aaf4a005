import {
  HttpContext,
  type HttpErrorResponse,
  type HttpInterceptor,
  type HttpInterceptorFn,
} from '@angular/common/http';
import { inject } from '@angular/core';
import {
  createAuthFetch,
  sessionContext,
  SessionInterceptor,
  sessionInterceptor,
  SessionService,
  withTokenInjection,
  type AuthFetchOptions,
  type SessionContextOptions,
  type TokenInjectionOptions,
  type TokenRule,
} from '../../public-api';

/** Never called: the compiler is the judge. */
export function whatCompiles(session: SessionService): void {
  sessionInterceptor satisfies HttpInterceptorFn;
  SessionInterceptor satisfies new () => HttpInterceptor;

  const authFetch: typeof fetch = createAuthFetch(session);
  const answer: Promise<Response> = authFetch(new URL('https://api.example.com'), { method: 'POST' });
  void answer;

  withTokenInjection({
    attachTo: [
      '/api',
      { url: '/api/public', attach: false },
      { url: 'https://api.example.com', methods: ['GET'], tokenUse: 'id', anonymous: false, onServer: true },
      ({ url, method }) => method === 'GET' && url.endsWith('.json'),
    ],
    headerName: 'X-Token',
    headerValue: (token) => token,
    retryOnUnauthorized: (response: HttpErrorResponse) => response.headers.has('WWW-Authenticate'),
  });
  withTokenInjection(() => ({ attachTo: [inject(SessionService).state().status] }));

  const context: HttpContext = sessionContext({ attach: false }, new HttpContext());
  sessionContext({ retryOnUnauthorized: true, tokenUse: 'access' }, context);
}

/** Never called: the compiler is the judge. */
export function whatDoesNot(session: SessionService): void {
  // @ts-expect-error There is nothing to attach to.
  withTokenInjection({});
  // @ts-expect-error A rule without a URL matches nothing, or everything: neither is meant.
  withTokenInjection({ attachTo: [{ methods: ['GET'] }] });
  // @ts-expect-error To attach is what a rule is for; only the exception is said.
  withTokenInjection({ attachTo: [{ url: '/api', attach: true }] });
  // @ts-expect-error Refresh tokens are for Cognito alone.
  withTokenInjection({ attachTo: ['/api'], tokenUse: 'refresh' });
  // @ts-expect-error A header has a value when the request is sent, not later.
  withTokenInjection({ attachTo: ['/api'], headerValue: (token: string) => Promise.resolve(token) });
  // @ts-expect-error A request cannot attach what no rule allows.
  sessionContext({ attach: true });
  // @ts-expect-error What a request wants has to be said.
  sessionContext();
  // @ts-expect-error Whether to retry is decided with the answer by the rules, not per fetch.
  createAuthFetch(session, { retryOnUnauthorized: () => true });
  // @ts-expect-error The rules are for all; one fetch has a predicate.
  createAuthFetch(session, { attachTo: ['/api'] });
}

/** Options are values that apps build step by step. */
export function whatCanBeBuilt(isProduction: boolean): TokenInjectionOptions {
  const rule: TokenRule = { url: '/api' };
  if (isProduction) rule.onServer = true;
  const options: AuthFetchOptions & SessionContextOptions = { tokenUse: 'id' };
  options.retryOnUnauthorized = isProduction;
  return { attachTo: [rule], ...options };
}

/** What the compiler says counts; running it only shows that nothing throws on the way. */
it('the types of rules and contexts fit what they are for', () => {
  expect(whatCanBeBuilt(true).attachTo).toEqual([{ url: '/api', onServer: true }]);
  expect(() => withTokenInjection(whatCanBeBuilt(false))).not.toThrow();
});
