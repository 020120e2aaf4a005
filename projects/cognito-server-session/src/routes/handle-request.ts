import type { ResolvedOptions } from '../config/resolved-options';
import { clearedSessionCookie, cookiesOf } from '../cookies/session-cookie';
import { ServerSessionError, SignInFailedError } from '../errors/server-session-error';
import type { ServerSessions } from '../server-sessions';
import { toClientSession } from '../sessions/client-session';
import { errorAnswer, intermediatePage, jsonAnswer, problemPage, redirectAnswer } from './answers';
import { verifyCsrf } from './csrf';
import {
  clearedTransactionCookie,
  findTransaction,
  forgottenTransactionCookies,
  transactionCookie,
} from './login-transaction';
import { finishLogin, startLogin } from './managed-login';
import { safeReturnUrl } from './return-url';

/** What the routes work with. */
export interface RouteContext {
  readonly options: ResolvedOptions;
  readonly sessions: Omit<ServerSessions, 'handle'>;
}

type Route = (context: RouteContext, request: Request, url: URL) => Promise<Response>;

/** Routes below the base path by method and path; those of the pages' own calls are CSRF-protected, navigations cannot be. */
const NAVIGATIONS: Readonly<Record<string, Route>> = { 'GET /login': login, 'GET /callback': callback };
const CALLS: Readonly<Record<string, Route>> = {
  'GET /session': session,
  'POST /signout': signOut,
  'GET /sessions': list,
  'DELETE /sessions/:id': end,
};

/** Answers a request below the base path; `null` for any other request. */
export async function handleRequest(context: RouteContext, request: Request): Promise<Response | null> {
  const { basePath, appOrigin } = context.options;
  const url = new URL(request.url);
  if (url.pathname !== basePath && !url.pathname.startsWith(`${basePath}/`)) return null;
  const name = `${request.method} ${url.pathname.slice(basePath.length).replace(/^\/sessions\/[^/]+$/, '/sessions/:id')}`;
  const navigation = Object.hasOwn(NAVIGATIONS, name) ? NAVIGATIONS[name] : undefined;
  const call = Object.hasOwn(CALLS, name) ? CALLS[name] : undefined;
  if (navigation === undefined && call === undefined)
    return jsonAnswer({ error: 'notFound' }, { status: 404 });
  try {
    if (navigation !== undefined) return await navigation(context, request, url);
    verifyCsrf(request, appOrigin);
    return (await call?.(context, request, url)) ?? null;
  } catch (error) {
    if (!(error instanceof ServerSessionError)) throw error;
    return navigation === undefined ? errorAnswer(error) : problemPage(error, `${appOrigin}/`, []);
  }
}

async function login({ options }: RouteContext, request: Request, url: URL): Promise<Response> {
  const returnUrl = safeReturnUrl(url.searchParams.get('returnUrl'), options);
  const started = await startLogin(options, { returnUrl, asked: url.searchParams });
  return redirectAnswer(started.url, [
    ...forgottenTransactionCookies(request, options),
    transactionCookie(started.transaction, options),
  ]);
}

async function callback({ options, sessions }: RouteContext, request: Request, url: URL): Promise<Response> {
  const state = url.searchParams.get('state') ?? '';
  const done = [clearedTransactionCookie(state, options)];
  try {
    const transaction = findTransaction(request, state, options);
    if (transaction === null) throw new SignInFailedError('This browser has not started the login.');
    const tokens = await finishLogin(options, { query: url.searchParams, transaction });
    const { setCookie } = await sessions.signIn(tokens, request);
    const go = options.sameSite === 'Strict' ? intermediatePage : redirectAnswer;
    return go(transaction.returnUrl, [...done, setCookie]);
  } catch (error) {
    if (!(error instanceof ServerSessionError)) throw error;
    options.logger.warn('A login failed.', { code: error.code, cause: error.cause?.name });
    return problemPage(error, `${options.appOrigin}/`, done);
  }
}

/** 200 with `null` when the user is signed out: that is an answer, and no error. */
async function session({ options, sessions }: RouteContext, request: Request): Promise<Response> {
  const found = await sessions.get(request);
  if (found !== null) return jsonAnswer(toClientSession(found));
  const hasCookie = cookiesOf(request)[options.cookieName] !== undefined;
  return jsonAnswer(null, { setCookies: hasCookie ? [clearedSessionCookie(options)] : [] });
}

async function signOut({ sessions }: RouteContext, request: Request): Promise<Response> {
  const { setCookie, logoutUrl } = await sessions.signOut(request);
  return jsonAnswer({ logoutUrl }, { setCookies: [setCookie] });
}

async function list({ sessions }: RouteContext, request: Request): Promise<Response> {
  return jsonAnswer(await sessions.list(request));
}

async function end({ options, sessions }: RouteContext, request: Request, url: URL): Promise<Response> {
  const id = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
  const current = await sessions.get(request);
  if (current?.id !== id) return jsonAnswer(await sessions.end(request, id));
  await sessions.signOut(request);
  return jsonAnswer({ removed: 1, notRevoked: 0 }, { setCookies: [clearedSessionCookie(options)] });
}
