import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  errorAnswer,
  ServerSessionError,
  type ServerSession,
  type ServerSessions,
} from 'cognito-server-session';
import { sendFetchResponse, toFetchRequest } from './node-messages';

/** A request behind `sessionMiddleware`. */
export interface SessionRequest extends IncomingMessage {
  /** The session; `null` if the request has none. */
  serverSession?: ServerSession | null;
}

/** A request handler of Express 4 and 5, and of `node:http` with a function for the rest. */
export type RequestHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/** Options of `sessionMiddleware`. */
export interface SessionMiddlewareOptions {
  /**
   * Which requests must pass the CSRF check. Default true: those with methods other than GET, HEAD and OPTIONS, because pages are
   * navigations. `'always'`: all of them, for APIs. With false the app has a defence of its own.
   */
  readonly csrf?: boolean | 'always';
}

/**
 * Serves the routes of the sessions, and passes other requests on.
 *
 * ```ts
 * app.use(sessionRouter(sessions));
 * ```
 */
export function sessionRouter(sessions: ServerSessions): RequestHandler {
  return handled(async (request, response) => {
    const answer = await sessions.handle(toFetchRequest(request));
    if (answer !== null) await sendFetchResponse(answer, response);
    return answer === null;
  });
}

/**
 * Finds the session of each request before anything is rendered, as `request.serverSession`. Marks the answer as one that
 * depends on it, so serve static files before. Answers 503 itself if the session is not available, and 403 to a request from
 * elsewhere. Behind another middleware of the same sessions, the session is not read again.
 *
 * ```ts
 * app.use(sessionMiddleware(sessions));
 * app.get('/orders', (request: SessionRequest, response) => {
 *   response.statusCode = request.serverSession ? 200 : 401;
 *   response.end();
 * });
 * ```
 */
export function sessionMiddleware(
  sessions: ServerSessions,
  { csrf = true }: SessionMiddlewareOptions = {},
): RequestHandler {
  return handled(async (request: SessionRequest, response) => {
    markAsPrivate(response);
    const head = toFetchRequest(request);
    const isChecked = csrf === 'always' || (csrf && !SAFE_METHODS.includes(head.method));
    if (isChecked) sessions.verifyCsrf(head);
    if (foundBy.get(request) !== sessions) request.serverSession = await sessions.get(head);
    foundBy.set(request, sessions);
    return true;
  });
}

/** Which sessions have set `serverSession`: a middleware behind another one does not read the session again. */
const foundBy = new WeakMap<IncomingMessage, ServerSessions>();

/** No cache may keep an answer that depends on the session. */
function markAsPrivate(response: ServerResponse): void {
  response.setHeader('Cache-Control', 'no-store');
  const vary = String(response.getHeader('Vary') ?? '');
  if (!/(^|,)\s*cookie\s*(,|$)/i.test(vary)) response.appendHeader('Vary', 'Cookie');
}

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * The request as the methods of `ServerSessions` take it, without its body.
 *
 * ```ts
 * const { setCookie } = await sessions.signIn(tokens, requestOf(request));
 * ```
 */
export function requestOf(request: IncomingMessage): Request {
  return toFetchRequest(request);
}

/** `work` tells whether the request goes on. Errors of the package become answers, all others go to the app. */
function handled(
  work: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>,
): RequestHandler {
  return (request, response, next) => {
    // The Fetch API has no such requests.
    if (request.method === 'TRACE') {
      response.writeHead(405, { Allow: 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS' }).end();
      return;
    }
    work(request, response)
      .catch(async (error: unknown) => {
        if (!(error instanceof ServerSessionError)) throw error;
        await sendFetchResponse(errorAnswer(error), response);
        return false;
      })
      .then((goesOn) => {
        if (goesOn) next();
      }, next);
  };
}
