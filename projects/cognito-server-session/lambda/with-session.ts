import {
  errorAnswer,
  ServerSessionError,
  type ServerSession,
  type ServerSessions,
} from 'cognito-server-session';
import { methodOf, requestOf, type LambdaEvent, type LambdaResult } from './events';
import { markedAsPrivate, resultOf } from './results';

/** A handler that gets the session of its request; `null` if it has none. */
export type SessionHandler<E extends LambdaEvent, C> = (
  event: E,
  session: ServerSession | null,
  context: C,
) => Promise<LambdaResult>;

/** Options of `withSession`. */
export interface WithSessionOptions {
  /**
   * Which requests must pass the CSRF check. Default true: those with methods other than GET, HEAD and OPTIONS, because pages are
   * navigations. `'always'`: all of them, for APIs. With false the app has a defence of its own.
   */
  readonly csrf?: boolean | 'always';
}

/** The Fetch API has no such requests. */
const REFUSED_METHODS: readonly string[] = ['TRACE', 'TRACK', 'CONNECT'];
const ALLOWED_METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS';
const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * A Lambda handler for API Gateway REST APIs, HTTP APIs and function URLs. It serves the routes of the sessions, and gives every other request with its session to your handler. An error of the package that the handler throws becomes its
 * answer: 401 for no session, 503 with `Retry-After` if it is not available.
 *
 * ```ts
 * export const handler = withSession(sessions, async (event: HttpEvent, session) => {
 *   if (session === null) return { statusCode: 401 };
 *   return { statusCode: 200, body: `Hello ${session.user.username}` };
 * });
 * ```
 */
export function withSession<E extends LambdaEvent, C = unknown>(
  sessions: ServerSessions,
  handler: SessionHandler<E, C>,
  { csrf = true }: WithSessionOptions = {},
): (event: E, context: C) => Promise<LambdaResult> {
  return async (event, context) => {
    if (REFUSED_METHODS.includes(methodOf(event)))
      return { statusCode: 405, headers: { Allow: ALLOWED_METHODS } };
    const request = requestOf(event);
    try {
      const answer = await sessions.handle(request);
      if (answer !== null) return await resultOf(answer, event);
      const isChecked = csrf === 'always' || (csrf && !SAFE_METHODS.includes(request.method));
      if (isChecked) sessions.verifyCsrf(request);
      return markedAsPrivate(await handler(event, await sessions.get(request), context));
    } catch (error) {
      if (error instanceof ServerSessionError) return resultOf(errorAnswer(error), event);
      throw error;
    }
  };
}
