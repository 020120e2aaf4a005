import type { HttpRequest } from '@angular/common/http';
import { DOCUMENT, Injector, inject, runInInjectionContext } from '@angular/core';
import { sanitizeCause } from '../errors/sanitize-cause';
import { IS_BROWSER } from '../platform/is-browser';
import { SESSION_LOGGER } from '../platform/session-logger';
import { diagnoseEmptyRules } from './empty-rules';
import {
  compileRules,
  overridePlan,
  planInjection,
  type InjectionPlan,
  type InjectionRules,
  type PlanOverrides,
} from './injection-plan';
import type { TokenInjectionOptions } from './token-rule';
import { TokenSupply } from './token-supply';
import { NOWHERE } from './url-scope';

declare const ngDevMode: unknown;

export type TokenInjectionSource = TokenInjectionOptions | (() => TokenInjectionOptions);

/** The rules of `withTokenInjection` (or of one `createAuthFetch`), ready for use. Needs an injection context. */
export class TokenInjection {
  readonly #document = inject(DOCUMENT);
  readonly isBrowser = inject(IS_BROWSER);
  readonly supply = new TokenSupply();
  readonly #logger = inject(SESSION_LOGGER);
  readonly #injector = inject(Injector);
  #rules: InjectionRules | null = null;

  /** The rules as the app wrote them, once they are known. */
  declare options?: TokenInjectionOptions;

  constructor(readonly source: TokenInjectionSource) {}

  /** The base of relative URLs; on a server there is none. */
  get baseUrl(): string | undefined {
    return this.isBrowser ? this.#document.baseURI : undefined;
  }

  /** `null`: this request gets no token, or already has one. */
  planFor(request: HttpRequest<unknown>, overrides: PlanOverrides): InjectionPlan | null {
    this.#rules ??= this.#compile();
    const found = planInjection(this.#rules, request, this.baseUrl, (error) => {
      this.#logger.error('A rule of withTokenInjection threw.', { name: sanitizeCause(error).name });
    });
    const plan = found && overridePlan(found, overrides);
    return plan === null || request.headers.has(plan.headerName) ? null : plan;
  }

  #compile(): InjectionRules {
    const { source } = this;
    const options = typeof source === 'function' ? runInInjectionContext(this.#injector, source) : source;
    this.options = options;
    if (typeof ngDevMode === 'undefined' || ngDevMode)
      runInInjectionContext(this.#injector, () => {
        diagnoseEmptyRules(options);
      });
    return compileRules(options, this.isBrowser ? this.ownOrigin : null);
  }

  /** The page's, not its base's: `<base href>` can be smuggled in, and must not make another origin this one. */
  get ownOrigin(): string {
    const { origin } = this.#document.location;
    return /^https?:/.test(origin) ? origin : NOWHERE;
  }
}
