import type { TokenEndpointResponse } from 'oauth4webapi';
import type { ResolvedOptions } from '../config/resolved-options';
import { clearedSessionCookie, cookiesOf } from '../cookies/session-cookie';
import {
  ConfigurationError,
  NoSessionError,
  ServerSessionError,
  SignInFailedError,
} from '../errors/server-session-error';
import type { ServerSessions, SignInResult } from '../server-sessions';
import { toClientSession } from '../sessions/client-session';
import { secretOfRequest } from '../sessions/find-session';
import type { RevokeTokens } from '../sessions/revoke-tokens';
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
  readonly revoke: RevokeTokens;
  /** Names the sign-in of a request without a refresh; `null` without a session. */
  readonly signInOf: (request: Request) => Promise<string | null>;
}

type Route = (context: RouteContext, request: Request, url: URL) => Promise<Response>;

interface RouteOfPath {
  readonly method: string;
  readonly route: Route;
  /** A navigation cannot send the header of the CSRF check. Its errors are pages. */
  readonly isNavigation?: boolean;
}

/** The routes by their paths below the base path. */
const ROUTES: ReadonlyMap<string, RouteOfPath> = new Map([
  ['/login', { method: 'GET', route: login, isNavigation: true }],
  ['/callback', { method: 'GET', route: callback, isNavigation: true }],
  ['/session', { method: 'GET', route: session }],
  ['/signout', { method: 'POST', route: signOut }],
  ['/sessions', { method: 'GET', route: list }],
  ['/sessions/:id', { method: 'DELETE', route: end }],
]);

/** Answers a request below the base path; `null` for any other request. */
export async function handleRequest(context: RouteContext, request: Request): Promise<Response | null> {
  const { basePath, appOrigin } = context.options;
  const url = new URL(request.url);
  if (url.pathname !== basePath && !url.pathname.startsWith(`${basePath}/`)) return null;
  const found = ROUTES.get(
    url.pathname.slice(basePath.length).replace(/^\/sessions\/[^/]+$/, '/sessions/:id'),
  );
  if (found === undefined) return jsonAnswer({ error: 'notFound' }, { status: 404 });
  const { method, route, isNavigation = false } = found;
  if (request.method !== method)
    return jsonAnswer({ error: 'methodNotAllowed' }, { status: 405, headers: { Allow: method } });
  try {
    if (!isNavigation) verifyCsrf(request, appOrigin);
    return await route(context, request, url);
  } catch (error) {
    if (!(error instanceof ServerSessionError)) throw error;
    report(context, error);
    if (isNavigation) return problemPage(error, `${appOrigin}/`, []);
    return errorAnswer(error, error instanceof NoSessionError ? clearedCookies(context, request) : []);
  }
}

/** A mistake of the app reaches its log, and no browser. */
function report({ options: { logger } }: RouteContext, error: ServerSessionError): void {
  if (error instanceof ConfigurationError)
    logger.error('A route needs another option.', { code: error.code, field: error.field });
}

/**
 * A cookie without a session is removed, by the routes alone: a page's late answer must not remove a newer cookie. An answer of a
 * route that arrives after a newer sign-in does remove it: cookies cannot be removed on condition of their value.
 */
function clearedCookies({ options }: RouteContext, request: Request): readonly string[] {
  const hasCookie = cookiesOf(request)[options.cookieName] !== undefined;
  return hasCookie ? [clearedSessionCookie(options)] : [];
}

async function login({ options }: RouteContext, request: Request, url: URL): Promise<Response> {
  const returnUrl = safeReturnUrl(url.searchParams.get('returnUrl'), options);
  const started = await startLogin(options, { returnUrl, asked: url.searchParams });
  return redirectAnswer(started.url, [
    ...forgottenTransactionCookies(request, options),
    transactionCookie(started.transaction, options),
  ]);
}

async function callback(context: RouteContext, request: Request, url: URL): Promise<Response> {
  const { options } = context;
  const state = url.searchParams.get('state') ?? '';
  const done = [clearedTransactionCookie(state, options)];
  try {
    const transaction = findTransaction(request, state, options);
    if (transaction === null) throw new SignInFailedError('This browser has not started the login.');
    const tokens = await finishLogin(options, {
      query: url.searchParams,
      transaction,
      revoke: context.revoke,
    });
    const { setCookie } = await beginSession(context, tokens, request);
    const go = options.sameSite === 'Strict' ? intermediatePage : redirectAnswer;
    return go(safeReturnUrl(transaction.returnUrl, options), [...done, setCookie]);
  } catch (error) {
    if (!(error instanceof ServerSessionError)) throw error;
    options.logger.warn('A login failed.', { code: error.code, cause: error.cause?.name });
    return problemPage(error, `${options.appOrigin}/`, done);
  }
}

/** The tokens of a code are known to no other program: without a session they are revoked. */
async function beginSession(
  { sessions, revoke }: RouteContext,
  tokens: TokenEndpointResponse,
  request: Request,
): Promise<SignInResult> {
  try {
    return await sessions.signIn(tokens, request);
  } catch (error) {
    if (tokens.refresh_token !== undefined) await revoke([tokens.refresh_token]);
    throw error;
  }
}

/** 200 with `null` when the user is signed out: that is an answer, and no error. */
async function session(context: RouteContext, request: Request): Promise<Response> {
  const found = await context.sessions.get(request);
  if (found !== null) return jsonAnswer(toClientSession(found));
  return jsonAnswer(null, { setCookies: clearedCookies(context, request) });
}

/** A page that repeats a sign-out names the sign-in that it means. The cookie may be that of a newer one, which goes on. */
async function signOut({ sessions, signInOf }: RouteContext, request: Request, url: URL): Promise<Response> {
  const meant = url.searchParams.get('sid');
  const found = meant === null ? null : await signInOf(request);
  if (found !== null && found !== meant) return jsonAnswer({ logoutUrl: null });
  const { setCookie, logoutUrl } = await sessions.signOut(request);
  return jsonAnswer({ logoutUrl }, { setCookies: [setCookie] });
}

async function list({ sessions }: RouteContext, request: Request): Promise<Response> {
  return jsonAnswer(await sessions.list(request));
}

async function end({ options, sessions }: RouteContext, request: Request, url: URL): Promise<Response> {
  const id = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
  const ended = await sessions.end(request, id);
  const isOwn = (await secretOfRequest(options, request))?.sidHash === id;
  return jsonAnswer(ended, { setCookies: isOwn ? [clearedSessionCookie(options)] : [] });
}
