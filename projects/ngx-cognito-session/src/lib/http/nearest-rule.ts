import { parseUrl } from '../core/parse-url';
import type { TokenInjectionOptions, TokenRule } from './token-rule';
import { isInScope, isPerhapsInScope, parseUrlScope } from './url-scope';

/** In what a request differs from a rule. */
export type RuleDifference = 'scheme' | 'host' | 'port' | 'path' | 'method';

/** The rule that comes nearest to a request. */
export interface NearestRule {
  /** The URL of the rule as the app wrote it. */
  readonly url: string;
  /** The parts that differ; empty if only the form of the URL keeps the request from matching. */
  readonly differences: readonly RuleDifference[];
}

/** How far a difference moves a request away from a rule. */
const WEIGHTS: Readonly<Record<RuleDifference, number>> = {
  host: 16,
  scheme: 4,
  port: 4,
  path: 2,
  method: 1,
};

/** A request that is compared with the rules. */
export interface AskedRequest {
  /** The HTTP method. */
  readonly method: string;
  /** Absolute. */
  readonly url: URL;
}

/** The rules with a URL, in full. */
function rulesOf({ attachTo }: TokenInjectionOptions): readonly TokenRule[] {
  return attachTo.flatMap((rule) => {
    if (typeof rule === 'function') return [];
    return typeof rule === 'string' ? [{ url: rule }] : [rule];
  });
}

/** Whether the app has decided that a URL gets no token. Pure. */
export function isDenied(
  { url, method }: AskedRequest,
  options: TokenInjectionOptions,
  ownOrigin: string,
): boolean {
  return rulesOf(options).some(
    (rule) =>
      rule.attach === false &&
      isForMethod(rule, method) &&
      isPerhapsInScope(url, parseUrlScope(rule.url, ownOrigin)),
  );
}

function isForMethod({ methods }: TokenRule, method: string): boolean {
  return methods?.every((name) => name.toUpperCase() !== method.toUpperCase()) !== true;
}

/** The rule that comes nearest to a request; `null`: no rule has a URL. `ownOrigin` is the document's. Pure. */
export function nearestRule(
  asked: AskedRequest,
  options: TokenInjectionOptions,
  ownOrigin: string,
): NearestRule | null {
  const candidates = rulesOf(options)
    .filter(({ attach }) => attach !== false)
    .map((rule) => ({ rule, url: parseUrl(rule.url, ownOrigin) }))
    .flatMap(({ rule, url }) => (url === null ? [] : [{ rule, ...distance(asked, rule, url) }]))
    .sort((one, other) => one.away - other.away || other.shared - one.shared);
  const [nearest] = candidates;
  return nearest === undefined ? null : { url: nearest.rule.url, differences: nearest.differences };
}

function distance({ method, url }: AskedRequest, tokenRule: TokenRule, rule: URL) {
  const scope = { origin: null, path: rule.pathname.replace(/\/+$/, '') };
  const found: Readonly<Record<RuleDifference, boolean>> = {
    scheme: url.protocol !== rule.protocol,
    host: url.hostname !== rule.hostname,
    port: url.port !== rule.port,
    path: !isInScope(url, scope),
    method: !isForMethod(tokenRule, method),
  };
  const differences = (Object.keys(found) as RuleDifference[]).filter((name) => found[name]);
  return {
    differences,
    away: differences.reduce((sum, name) => sum + WEIGHTS[name], 0),
    shared: sharedSegments(url.pathname, rule.pathname),
  };
}

/** How many segments two paths have in common from the start. */
function sharedSegments(one: string, other: string): number {
  const [segments, others] = [one.split('/'), other.split('/')];
  const end = segments.findIndex((segment, index) => segment !== others[index]);
  return end < 0 ? segments.length : end;
}
