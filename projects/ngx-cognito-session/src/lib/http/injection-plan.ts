import type { HttpErrorResponse, HttpRequest } from '@angular/common/http';
import { checkEntries } from './check-entries';
import { rememberUrls } from './remember-urls';
import type { TokenInjectionOptions, TokenRule } from './token-rule';
import {
  invalidUrl,
  isInScope,
  isOwnPath,
  isPerhapsInScope,
  parseRequestUrl,
  parseUrlScope,
} from './url-scope';

declare const ngDevMode: unknown;

/** The token and header of a request that matched. */
export interface InjectionPlan {
  /** Which token the request gets. */
  readonly tokenUse: 'access' | 'id';
  /** The header that carries it. */
  readonly headerName: string;
  /** The value of the header. */
  readonly headerValue: (token: string) => string;
  /** Whether the request is sent without a token while no user is signed in. */
  readonly anonymous: boolean;
  /** Whether a 401 leads to one refresh and one retry. */
  readonly retryOnUnauthorized: boolean | ((response: HttpErrorResponse) => boolean);
  /** The entry of `attachTo` that matched; absent without rules. */
  readonly rule?: TokenInjectionOptions['attachTo'][number];
}

/** Options of a single request, or of one `fetch`. They take precedence over rules and options. */
export type PlanOverrides = {
  readonly [K in Exclude<keyof InjectionPlan, 'anonymous' | 'rule'>]?: InjectionPlan[K] | undefined;
};

interface CompiledRule {
  readonly covers: (url: URL) => boolean;
  /** Whether it applies to a request to a URL that it covers. */
  readonly accepts: (request: HttpRequest<unknown>) => boolean;
  /** `null`: no token. */
  readonly plan: InjectionPlan | null;
}

export interface InjectionRules {
  /** All of them in the order in which they count. */
  readonly rules: readonly CompiledRule[];
  /** Those that cover the URL of a request. */
  readonly covering: (url: string, baseUrl: string | undefined) => readonly CompiledRule[];
}

/**
 * Reads all rules once. `ownOrigin` is the document's; `null` on a server, where "this origin" comes from a Host header
 * that any client can write: only rules with `onServer` apply there, and those that keep tokens away. Throws
 * `invalidConfiguration`. Pure.
 */
export function compileRules(options: TokenInjectionOptions, ownOrigin: string | null): InjectionRules {
  const standard = overridePlan(STANDARD, options);
  if (typeof ngDevMode === 'undefined' || ngDevMode) checkEntries(options);
  const all = options.attachTo.map((entry): CompiledRule & { readonly onServer: boolean } => {
    if (typeof entry === 'function')
      return {
        covers: () => true,
        accepts: (request) => entry(request),
        plan: { ...standard, rule: entry },
        onServer: false,
      };
    const rule = typeof entry === 'string' ? { url: entry } : entry;
    const { attach, onServer = false } = rule;
    return {
      ...matcher(rule, ownOrigin),
      plan: attach === false ? null : overridePlan({ ...standard, rule: entry }, rule),
      onServer,
    };
  });
  const rules = [
    ...all.filter(({ plan }) => plan === null),
    ...all.filter(({ plan, onServer }) => plan !== null && (ownOrigin !== null || onServer)),
  ];
  return {
    rules,
    covering: rememberUrls((requestUrl, baseUrl) => {
      const url = parseRequestUrl(requestUrl, baseUrl);
      return url === null ? [] : rules.filter(({ covers }) => covers(url));
    }),
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
  try {
    const covering = rules.covering(request.urlWithParams, baseUrl);
    return covering.find(({ accepts }) => accepts(request))?.plan ?? null;
  } catch (error) {
    onThrow(error);
    return null;
  }
}

/** The plan with the options of this request. Pure. */
export function overridePlan(plan: InjectionPlan, own: PlanOverrides): InjectionPlan {
  const said = Object.entries(own).filter(([name, value]) => name in plan && value !== undefined);
  return said.length === 0 ? plan : { ...plan, ...Object.fromEntries(said) };
}

function matcher(rule: TokenRule, ownOrigin: string | null): Omit<CompiledRule, 'plan'> {
  const scope = parseUrlScope(rule.url, ownOrigin);
  if (rule.onServer === true && isOwnPath(rule.url)) throw invalidUrl(rule.url, null);
  const isMatch = rule.attach === false ? isPerhapsInScope : isInScope;
  const methods = rule.methods?.map((method) => method.toUpperCase());
  return {
    covers: (url) => isMatch(url, scope),
    accepts: ({ method }) => methods?.includes(method.toUpperCase()) !== false,
  };
}

const STANDARD: InjectionPlan = {
  tokenUse: 'access',
  headerName: 'Authorization',
  headerValue: (token) => `Bearer ${token}`,
  anonymous: true,
  retryOnUnauthorized: true,
};
