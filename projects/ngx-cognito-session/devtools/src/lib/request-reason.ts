import {
  ɵheaderNames,
  ɵisDenied,
  ɵnearestRule,
  ɵparseRequestUrl,
  ɵparseUrl,
  type ɵInjectionPlan,
  type ɵRequestRules,
} from 'ngx-cognito-session';

/** What is asked of a request. */
export interface AskedRequest {
  /** The HTTP method. */
  readonly method: string;
  /** With its query. */
  readonly urlWithParams: string;
  /** The headers that the app has set. */
  readonly headers: { has(name: string): boolean };
}

/** The rule that matched, as the app wrote it. Pure. */
export function ruleText({ rule }: ɵInjectionPlan): string {
  if (rule === undefined) return 'requests to this origin';
  if (typeof rule === 'string') return rule;
  if (typeof rule === 'function') return `function ${rule.name || 'in attachTo'}`;
  return [...(rule.methods ?? []), rule.url].join(' ');
}

/** Why no rules are asked about a request. Pure. */
export function noRulesReason({ attach }: { readonly attach?: false }): string {
  return attach === false ? 'sessionContext({ attach: false })' : 'there is no withTokenInjection';
}

/** Why a request gets no token. Pure. */
export function missReason(
  request: AskedRequest,
  { options, baseUrl, ownOrigin = '' }: Pick<ɵRequestRules, 'options' | 'baseUrl' | 'ownOrigin'>,
): string {
  const { method, headers } = request;
  if (baseUrl === undefined) return 'on a server';
  if (method === 'JSONP') return 'JSONP cannot carry a header';
  const url = ɵparseUrl(request.urlWithParams, baseUrl);
  if (url === null) return 'its URL cannot be read';
  if (options === undefined)
    return url.origin === ownOrigin
      ? 'the header was there already'
      : `another origin than ${ownOrigin}, which alone gets the header`;
  const present = ɵheaderNames(options).find((name) => headers.has(name));
  if (present !== undefined) return `header was there already: ${present}`;
  if (ɵisDenied({ method, url }, options, ownOrigin)) return 'a rule with attach: false covers it';
  const nearest = ɵnearestRule({ method, url }, options, ownOrigin);
  const others = nearest?.differences ?? [];
  if (nearest !== null && others.length > 0)
    return `${others.join(' and ')} ${others.length === 1 ? 'differs' : 'differ'} from ${nearest.url}`;
  if (ɵparseRequestUrl(request.urlWithParams, baseUrl) === null)
    return 'the form of its URL: not encrypted, user information, or a disguised path';
  if (nearest !== null) return `an encoded segment of its path keeps it from ${nearest.url}`;
  return options.attachTo.length === 0 ? 'there are no rules' : 'no function in attachTo selected it';
}
