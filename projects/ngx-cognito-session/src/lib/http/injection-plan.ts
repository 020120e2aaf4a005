import type { HttpRequest } from '@angular/common/http';
import type { TokenInjectionOptions, TokenRule } from './token-rule';
import { isInScope, parseRequestUrl, parseUrlScope, type UrlScope } from './url-scope';

/** What a request that matched gets. */
export interface InjectionPlan {
  readonly tokenUse: 'access' | 'id';
  readonly headerName: string;
  readonly headerValue: (token: string) => string;
  readonly anonymous: boolean;
}

type Matcher = (request: HttpRequest<unknown>, url: URL) => boolean;

interface CompiledRule {
  readonly matches: Matcher;
  readonly plan: InjectionPlan;
}

export interface InjectionRules {
  readonly denied: readonly Matcher[];
  readonly attached: readonly CompiledRule[];
}

/** Reads all rules once. Throws `invalidConfiguration`. */
export function compileRules(options: TokenInjectionOptions, baseUrl: string): InjectionRules {
  const rules = options.attachTo.map((entry) => (typeof entry === 'string' ? { url: entry } : entry));
  const isDenied = (rule: (typeof rules)[number]) => typeof rule !== 'function' && rule.attach === false;
  return {
    denied: rules.filter(isDenied).map((rule) => matcher(rule, baseUrl)),
    attached: rules
      .filter((rule) => !isDenied(rule))
      .map((rule) => ({ matches: matcher(rule, baseUrl), plan: planFor(rule, options) })),
  };
}

/**
 * What the rules say about a request; `null`: no token. Deny rules first, then the first match. A predicate that throws
 * denies, and `onThrow` is told.
 */
export function planInjection(
  rules: InjectionRules,
  request: HttpRequest<unknown>,
  baseUrl: string,
  onThrow: (error: unknown) => void,
): InjectionPlan | null {
  const url = parseRequestUrl(request.urlWithParams, baseUrl);
  if (url === null || rules.denied.some((matches) => matches(request, url))) return null;
  try {
    return rules.attached.find(({ matches }) => matches(request, url))?.plan ?? null;
  } catch (error) {
    onThrow(error);
    return null;
  }
}

function matcher(rule: TokenRule | ((request: HttpRequest<unknown>) => boolean), baseUrl: string): Matcher {
  if (typeof rule === 'function') return (request) => rule(request);
  const scope: UrlScope = parseUrlScope(rule.url, baseUrl);
  const methods = rule.methods?.map((method) => method.toUpperCase());
  return (request, url) =>
    isInScope(url, scope) && (methods === undefined || methods.includes(request.method.toUpperCase()));
}

function planFor(
  rule: TokenRule | ((request: HttpRequest<unknown>) => boolean),
  options: TokenInjectionOptions,
): InjectionPlan {
  const own: Partial<TokenRule> = typeof rule === 'function' ? {} : rule;
  return {
    tokenUse: own.tokenUse ?? options.tokenUse ?? 'access',
    headerName: own.headerName ?? options.headerName ?? 'Authorization',
    headerValue: own.headerValue ?? options.headerValue ?? bearer,
    anonymous: own.anonymous ?? true,
  };
}

function bearer(token: string): string {
  return `Bearer ${token}`;
}
