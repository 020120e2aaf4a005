import { InjectionToken } from '@angular/core';
import type { TokenInjection } from './token-injection';

declare const ngDevMode: unknown;

/** The rules of `withTokenInjection`; `null`: there are none. Separate from their class, which an app without rules does not need. */
export const TOKEN_INJECTION = new InjectionToken<TokenInjection | null>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'TOKEN_INJECTION' : '',
);
