import type { HttpRequest } from '@angular/common/http';
import { InjectionToken } from '@angular/core';
import type { InjectionPlan, PlanOverrides } from './injection-plan';
import type { SessionContextOptions } from './session-context';
import type { TokenInjectionOptions } from './token-rule';
import type { TokenSupply } from './token-supply';

declare const ngDevMode: unknown;

/** The part of the rules that one request goes through. */
export interface RequestRules {
  /** `null`: this request gets no token, or already has one. */
  planFor(request: HttpRequest<unknown>, overrides: PlanOverrides): InjectionPlan | null;
  /** Puts tokens into headers. */
  readonly supply: Pick<TokenSupply, 'send' | 'successor'>;
  /** The base of relative URLs. */
  readonly baseUrl: string | undefined;
  /** The rules as the app wrote them, once they are known. */
  readonly options?: TokenInjectionOptions;
  /** The document's origin. */
  readonly ownOrigin?: string;
}

/**
 * Returns the rules for one request, which report what becomes of it and otherwise do the same. `rules`: `null` if none apply to
 * the request, because the app has none or because `own` leaves it out. Then there is nothing to return.
 */
export type RequestWatch = (
  request: HttpRequest<unknown>,
  rules: RequestRules | null,
  own?: Pick<SessionContextOptions, 'attach'>,
) => Pick<RequestRules, 'planFor' | 'supply'> | null;

/** Sees each request before its rules are applied. Absent unless a feature sets it. */
export const REQUEST_WATCH = new InjectionToken<RequestWatch>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'REQUEST_WATCH' : '',
);
