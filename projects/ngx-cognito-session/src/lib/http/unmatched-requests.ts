import type { HttpRequest } from '@angular/common/http';
import { inject, untracked } from '@angular/core';
import { parseUrl } from '../core/parse-url';
import { Diagnostics } from '../platform/diagnostics';
import { redactedText } from '../platform/redacted';
import { SESSION_LOGGER } from '../platform/session-logger';
import { SessionService } from '../session-service/session-service';
import { headerNames } from './header-names';
import { isDenied, nearestRule, type NearestRule } from './nearest-rule';
import type { RequestInjection } from './token-injection-port';

/**
 * Reports a 401 of a signed-in user's request that no rule matched, with the rule that comes nearest; in an injection context.
 * For development only.
 */
export function diagnoseUnmatched(
  { options, baseUrl, ownOrigin = '' }: RequestInjection,
  request: HttpRequest<unknown>,
): void {
  const url = baseUrl === undefined ? null : parseUrl(request.urlWithParams, baseUrl);
  if (options === undefined || url === null || !untracked(inject(SessionService).isSignedIn)) return;
  if (headerNames(options).some((name) => request.headers.has(name))) return;
  const asked = { method: request.method, url };
  if (isDenied(asked, options, ownOrigin)) return;
  const nearest = nearestRule(asked, options, ownOrigin);
  const what = redactedText(`${request.method} ${url.origin}${url.pathname}`);
  inject(Diagnostics).say(
    inject(SESSION_LOGGER),
    'NCS111',
    `${what} was answered 401. It had no token: ${whyNot(nearest)}`,
    `401 ${JSON.stringify(nearest)}`,
  );
}

function whyNot(nearest: NearestRule | null): string {
  if (nearest === null) return 'no function in attachTo of withTokenInjection selected it.';
  const { url, differences } = nearest;
  if (differences.length === 0)
    return `the form of its URL keeps it from matching the rule '${url}': user information, or an encoded segment of its path.`;
  const names = differences.map((name) => `the ${name}`).join(' and ');
  return `it matches no rule of withTokenInjection. The nearest rule is '${url}': ${names} differ${differences.length === 1 ? 's' : ''}.`;
}
