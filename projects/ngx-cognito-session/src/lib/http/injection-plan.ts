import type { HttpErrorResponse, HttpRequest } from '@angular/common/http';
import { SessionError } from '../errors/session-error';
import type { TokenInjectionOptions, TokenRule } from './token-rule';
import { isInScope, isOwnPath, isPerhapsInScope, parseRequestUrl, parseUrlScope } from './url-scope';

/** What a request that matched gets. */
export interface InjectionPlan {
  readonly tokenUse: 'access' | 'id';
  readonly headerName: string;
  readonly headerValue: (token: string) => string;
  readonly anonymous: boolean;
  readonly retryOnUnauthorized: boolean | ((response: HttpErrorResponse) => boolean);
}

/** What is said about one request, or one `fetch`, alone; it goes before rules and options. */
export type PlanOverrides = {
  readonly [K in Exclude<keyof InjectionPlan, 'anonymous'>]?: InjectionPlan[K] | undefined;
};

type Matcher = (request: HttpRequest<unknown>, url: URL) => boolean;

interface CompiledRule {
  readonly matches: Matcher;
  readonly plan: InjectionPlan;
}

export interface InjectionRules {
  readonly denied: readonly Matcher[];
  readonly attached: readonly CompiledRule[];
}

type Entry = TokenRule | ((request: HttpRequest<unknown>) => boolean);

/**
 * Reads all rules once. `ownOrigin` is the document's; `null` on a server, where "this origin" comes from a Host header
 * that anybody can write: only rules that are meant for it count there, and those that keep tokens away. Throws
 * `invalidConfiguration`. Pure.
 */
export function compileRules(options: TokenInjectionOptions, ownOrigin: string | null): InjectionRules {
  const rules = options.attachTo.map((entry): Entry => (typeof entry === 'string' ? { url: entry } : entry));
  const isDenied = (rule: Entry) => typeof rule !== 'function' && rule.attach === false;
  const counts = (rule: Entry) =>
    ownOrigin !== null || (typeof rule !== 'function' && rule.onServer === true);
  const attached = rules
    .filter((rule) => !isDenied(rule))
    .map((rule) => ({ rule, matches: matcher(rule, ownOrigin, isInScope), plan: planOf(rule, options) }));
  return {
    denied: rules.filter(isDenied).map((rule) => matcher(rule, ownOrigin, isPerhapsInScope)),
    attached: attached.filter(({ rule }) => counts(rule)),
  };
}

/**
 * What the rules say about a request; `null`: no token. Deny rules first, then the first match. A predicate that throws
 * denies, and `onThrow` is told. Without `baseUrl` relative requests get none. Pure.
 */
export function planInjection(
  rules: InjectionRules,
  request: HttpRequest<unknown>,
  baseUrl: string | undefined,
  onThrow: (error: unknown) => void,
): InjectionPlan | null {
  // A script element, which cannot carry a header.
  if (request.method === 'JSONP') return null;
  const url = parseRequestUrl(request.urlWithParams, baseUrl);
  if (url === null || rules.denied.some((matches) => matches(request, url))) return null;
  try {
    return rules.attached.find(({ matches }) => matches(request, url))?.plan ?? null;
  } catch (error) {
    onThrow(error);
    return null;
  }
}

/** The plan with what was said about this request alone. Pure. */
export function overridePlan(plan: InjectionPlan, own: PlanOverrides): InjectionPlan {
  return {
    tokenUse: own.tokenUse ?? plan.tokenUse,
    headerName: own.headerName ?? plan.headerName,
    headerValue: own.headerValue ?? plan.headerValue,
    anonymous: plan.anonymous,
    retryOnUnauthorized: own.retryOnUnauthorized ?? plan.retryOnUnauthorized,
  };
}

function matcher(rule: Entry, ownOrigin: string | null, isMatch: typeof isInScope): Matcher {
  if (typeof rule === 'function') return (request) => rule(request);
  const scope = parseUrlScope(rule.url, ownOrigin);
  if (rule.onServer === true && isOwnPath(rule.url))
    throw new SessionError(
      'invalidConfiguration',
      `withTokenInjection: onServer needs an absolute URL, not '${rule.url}'.`,
    );
  const methods = rule.methods?.map((method) => method.toUpperCase());
  return (request, url) =>
    isMatch(url, scope) && (methods === undefined || methods.includes(request.method.toUpperCase()));
}

function planOf(rule: Entry, options: TokenInjectionOptions): InjectionPlan {
  const own: Partial<TokenRule> = typeof rule === 'function' ? {} : rule;
  const { retryOnUnauthorized = true, ...all } = options;
  const standard: InjectionPlan = {
    tokenUse: 'access',
    headerName: 'Authorization',
    headerValue: (token) => `Bearer ${token}`,
    anonymous: own.anonymous ?? true,
    retryOnUnauthorized,
  };
  return overridePlan(overridePlan(standard, all), own);
}
