import { InjectionToken } from '@angular/core';
import type { TokenInjection } from './token-injection';
import type { TokenSupply } from './token-supply';

declare const ngDevMode: unknown;

/** What `sessionInterceptor` and `createAuthFetch` ask about each request. */
export interface RequestInjection
  extends
    Pick<TokenInjection, 'isBrowser' | 'baseUrl' | 'planFor'>,
    Partial<Pick<TokenInjection, 'source' | 'options' | 'ownOrigin'>> {
  readonly supply: Pick<TokenSupply, 'send' | 'successor'>;
}

/** The rules of `withTokenInjection`; `null`: there are none. Separate from their class, which an app without rules does not need. */
export const TOKEN_INJECTION = new InjectionToken<RequestInjection | null>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'TOKEN_INJECTION' : '',
);
