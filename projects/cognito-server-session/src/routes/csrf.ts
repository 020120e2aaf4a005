import { ForbiddenRequestError } from '../errors/server-session-error';

/** The header that every call of the app's own pages carries. A page of another origin cannot send it without a preflight. */
export const CSRF_HEADER = 'x-csrf';
/** The value of that header: static, because only its presence counts. */
export const CSRF_VALUE = '1';

/** Throws for a request that does not come from a page of the app. */
export function verifyCsrf(request: Request, appOrigin: string): void {
  const problem = csrfProblem(request, appOrigin);
  if (problem !== null) throw new ForbiddenRequestError(problem);
}

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD'];

/**
 * What is wrong with a request that must come from a page of the app; `null` if nothing is. The origin is the configured one:
 * `Host` and `X-Forwarded-…` come from outside. Browsers send no `Origin` with a GET of the same origin. Pure.
 */
export function csrfProblem(
  { method, headers }: Pick<Request, 'method' | 'headers'>,
  appOrigin: string,
): string | null {
  if (headers.get(CSRF_HEADER) !== CSRF_VALUE) return `The header ${CSRF_HEADER}: ${CSRF_VALUE} is missing.`;
  const origin = headers.get('origin');
  if (origin === null && !SAFE_METHODS.includes(method)) return 'The Origin header is missing.';
  if (origin !== null && origin !== appOrigin) return 'The request comes from another origin.';
  const site = headers.get('sec-fetch-site');
  return site !== null && site !== 'same-origin' ? 'The request comes from another site.' : null;
}
