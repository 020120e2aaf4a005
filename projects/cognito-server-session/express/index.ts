export { requestOf, sessionMiddleware, sessionRouter } from './session-middleware';
export type { RequestHandler, SessionMiddlewareOptions, SessionRequest } from './session-middleware';
