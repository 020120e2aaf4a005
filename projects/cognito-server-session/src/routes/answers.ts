import { SessionUnavailableError, type ServerSessionError } from '../errors/server-session-error';

/** Headers of every answer. An answer depends on the session, so no cache may keep it. */
const COMMON = { 'Cache-Control': 'no-store', Vary: 'Cookie', 'Referrer-Policy': 'no-referrer' };

interface Extra {
  readonly status?: number;
  readonly setCookies?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

export function jsonAnswer(
  body: unknown,
  { status = 200, setCookies = [], headers = {} }: Extra = {},
): Response {
  return answer(JSON.stringify(body), status, { 'Content-Type': 'application/json', ...headers }, setCookies);
}

export function redirectAnswer(url: string, setCookies: readonly string[]): Response {
  return answer(null, 303, { Location: url }, setCookies);
}

/** A page that leads to `url` without a click. This site begins that navigation, so the browser sends `Strict` cookies with it. */
export function intermediatePage(url: string, setCookies: readonly string[]): Response {
  const target = escapeHtml(url);
  return pageAnswer(
    `<meta http-equiv="refresh" content="0;url=${target}"><a href="${target}">Continue</a>`,
    200,
    setCookies,
  );
}

/** The page for a navigation that has failed, with a link back to the app. */
export function problemPage(
  error: ServerSessionError,
  homeUrl: string,
  setCookies: readonly string[],
): Response {
  const text =
    error.status === 503 ? 'The sign-in service is not available now.' : 'The sign-in did not succeed.';
  const page = `<p>${text}</p><p><a href="${escapeHtml(homeUrl)}">Back to the app</a></p>`;
  return pageAnswer(page, error.status, setCookies, retryAfter(error));
}

/**
 * An error as an answer. Only a request without a session gets 401, and 503 comes with `Retry-After`. `setCookies` are the values of
 * its `Set-Cookie` headers.
 *
 * ```ts
 * if (error instanceof ServerSessionError) return errorAnswer(error);
 * ```
 */
export function errorAnswer(error: ServerSessionError, setCookies: readonly string[] = []): Response {
  return jsonAnswer({ error: error.code }, { status: error.status, headers: retryAfter(error), setCookies });
}

function retryAfter(error: ServerSessionError): Record<string, string> {
  return error instanceof SessionUnavailableError ? { 'Retry-After': String(error.retryAfterSeconds) } : {};
}

function pageAnswer(
  body: string,
  status: number,
  setCookies: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): Response {
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign-in</title>${body}</html>`;
  const own = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': "default-src 'none'" };
  return answer(page, status, { ...own, ...headers }, setCookies);
}

function answer(
  body: string | null,
  status: number,
  headers: Readonly<Record<string, string>>,
  setCookies: readonly string[],
): Response {
  const all = new Headers({ ...COMMON, ...headers });
  for (const setCookie of setCookies) all.append('Set-Cookie', setCookie);
  return new Response(body, { status, headers: all });
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
