import { DOCUMENT, inject, Injectable, InjectionToken } from '@angular/core';
import { HttpErrorResponse, type HttpRequest } from '@angular/common/http';
import { IS_BROWSER } from '../platform/is-browser';
import { SESSION_LOGGER } from '../platform/session-logger';
import { compileRules, planInjection, type InjectionPlan, type InjectionRules } from './injection-plan';
import type { TokenInjectionOptions } from './token-rule';

export const TOKEN_INJECTION_OPTIONS = new InjectionToken<TokenInjectionOptions>('TOKEN_INJECTION_OPTIONS');

/** The rules of `withTokenInjection`, ready to be asked. */
@Injectable()
export class TokenInjection {
  private readonly options = inject(TOKEN_INJECTION_OPTIONS);
  private readonly document = inject(DOCUMENT);
  private readonly isBrowser = inject(IS_BROWSER);
  private readonly logger = inject(SESSION_LOGGER);
  private rules: { readonly baseUrl: string; readonly compiled: InjectionRules } | null = null;

  /** `null`: this request gets no token. */
  planFor(request: HttpRequest<unknown>): InjectionPlan | null {
    // On a server "this origin" comes from a Host header that anybody can write.
    if (!this.isBrowser) return null;
    const baseUrl = this.document.baseURI;
    return planInjection(this.rulesFor(baseUrl), request, baseUrl, (error) => {
      this.logger.error('A predicate of withTokenInjection threw; the request gets no token.', {
        name: error instanceof Error ? error.name : typeof error,
      });
    });
  }

  /** Whether a response means that the token was refused and a newer one may help. */
  isRefusal(error: unknown): error is HttpErrorResponse {
    if (!(error instanceof HttpErrorResponse) || error.status !== 401) return false;
    const { retryOnUnauthorized = true } = this.options;
    return typeof retryOnUnauthorized === 'function' ? retryOnUnauthorized(error) : retryOnUnauthorized;
  }

  private rulesFor(baseUrl: string): InjectionRules {
    if (this.rules?.baseUrl !== baseUrl)
      this.rules = { baseUrl, compiled: compileRules(this.options, baseUrl) };
    return this.rules.compiled;
  }
}
