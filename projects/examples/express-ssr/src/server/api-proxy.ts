import { NoSessionError, type ServerSessions } from 'cognito-server-session';
import { requestOf, type SessionRequest } from 'cognito-server-session/express';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';

/**
 * Passes calls of the app's pages on to the API, with the access token of the session in place of its cookie. The routes are the
 * list of what is allowed: everything else below `/api` is 404, and never reaches the API.
 */
export function apiProxy(sessions: ServerSessions, apiOrigin: string): Router {
  const forward = forwardTo(apiOrigin);
  const router = Router();
  router.get('/api/hello', withAccessToken(sessions), forward);
  router.use('/api', (_request, response) => {
    response.sendStatus(404);
  });
  return router;
}

/** Errors of the package are answered by the app. */
function withAccessToken(sessions: ServerSessions): RequestHandler {
  return async (request, response, next) => {
    // `sessionMiddleware` checks requests that change something. Data of the user is for pages of this app alone, too.
    sessions.verifyCsrf(requestOf(request));
    const { serverSession } = request as SessionRequest;
    if (!serverSession) throw new NoSessionError();
    response.locals['accessToken'] = await serverSession.accessToken();
    next();
  };
}

function forwardTo(target: string): RequestHandler {
  return createProxyMiddleware<Request, Response>({
    target,
    changeOrigin: true,
    on: {
      proxyReq: (outgoing, _request, response) => {
        outgoing.setHeader('Authorization', `Bearer ${String(response.locals['accessToken'])}`);
        for (const name of ['Cookie', 'X-CSRF', 'Origin', 'Referer']) outgoing.removeHeader(name);
      },
      proxyRes: ({ headers }) => {
        // What the API says to other callers: its cookies, and which origins may read its answers.
        for (const name of Object.keys(headers))
          if (name === 'set-cookie' || name.startsWith('access-control-'))
            Reflect.deleteProperty(headers, name);
        headers['cache-control'] = 'no-store';
      },
    },
  });
}
