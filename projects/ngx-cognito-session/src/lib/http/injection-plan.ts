import type { HttpErrorResponse, HttpRequest } from '@angular/common/http';
import type { TokenInjectionOptions, TokenRule } from './token-rule';
import {
  invalidUrl,
  isInScope,
  isOwnPath,
  isPerhapsInScope,
  parseRequestUrl,
  parseUrlScope,
} from './url-scope';

/** The token and header of a request that matched. */
export interface InjectionPlan {
  readonly tokenUse: 'access' | 'id';
  readonly headerName: string;
  readonly headerValue: (token: string) => string;
  readonly anonymous: boolean;
  readonly retryOnUnauthorized: boolean | ((response: HttpErrorResponse) => boolean);
}

/** Options of a single request, or of one `fetch`. They take precedence over rules and options. */
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

/**
 * Reads all rules once. `ownOrigin` is the document's; `null` on a server, where "this origin" comes from a Host header
 * that any client can write: only rules with `onServer` apply there, and those that keep tokens away. Throws
 * `invalidConfiguration`. Pure.
 */
export function compileRules(options: TokenInjectionOptions, ownOrigin: string | null): InjectionRules {
  const standard = overridePlan(STANDARD, options);
  const rules = options.attachTo.map((entry) => {
    const rule = typeof entry === 'string' ? { url: entry } : entry;
    const own: Partial<TokenRule> = typeof rule === 'function' ? {} : rule;
    const matches: Matcher =
      typeof rule === 'function' ? (request) => rule(request) : matcher(rule, ownOrigin);
    return { own, matches, plan: overridePlan(standard, own) };
  });
  return {
    denied: rules.filter(({ own }) => own.attach === false).map(({ matches }) => matches),
    attached: rules.filter(
      ({ own }) => own.attach !== false && (ownOrigin !== null || own.onServer === true),
    ),
  };
}

/**
 * Applies the rules to a request; `null`: no token. Deny rules first, then the first match. A predicate that throws
 * denies, and `onThrow` is called. Without `baseUrl` relative requests get none. Pure.
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

/** The plan with the options of this request. Pure. */
export function overridePlan(plan: InjectionPlan, own: PlanOverrides): InjectionPlan {
  const said = Object.entries(own).filter(([name, value]) => name in plan && value !== undefined);
  return { ...plan, ...Object.fromEntries(said) };
}

function matcher(rule: TokenRule, ownOrigin: string | null): Matcher {
  const scope = parseUrlScope(rule.url, ownOrigin);
  if (rule.onServer === true && isOwnPath(rule.url)) throw invalidUrl(rule.url, null);
  const isMatch = rule.attach === false ? isPerhapsInScope : isInScope;
  const methods = rule.methods?.map((method) => method.toUpperCase());
  return (request, url) => isMatch(url, scope) && methods?.includes(request.method.toUpperCase()) !== false;
}

const STANDARD: InjectionPlan = {
  tokenUse: 'access',
  headerName: 'Authorization',
  headerValue: (token) => `Bearer ${token}`,
  anonymous: true,
  retryOnUnauthorized: true,
};
