import { NoSessionError } from 'cognito-server-session';
import type { SessionRequest } from 'cognito-server-session/express';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';

/**
 * Passes calls of the app's pages on to the API, with the access token of the session in place of its cookie. The routes are the
 * list of what is allowed: everything else is 404, and never reaches the API.
 */
export function apiProxy(apiUrl: string): Router {
  const forward = forwardTo(apiUrl);
  const router = Router();
  router.get('/hello', withAccessToken, forward);
  router.use((_request, response) => {
    response.sendStatus(404);
  });
  return router;
}

/** Errors of the package are answered by the app. */
const withAccessToken: RequestHandler = async (request, response, next) => {
  const { serverSession } = request as SessionRequest;
  if (!serverSession) throw new NoSessionError();
  response.locals['accessToken'] = await serverSession.accessToken();
  next();
};

function forwardTo(target: string): RequestHandler {
  return createProxyMiddleware<Request, Response>({
    target,
    changeOrigin: true,
    on: {
      proxyReq: (outgoing, _request, response) => {
        outgoing.setHeader('Authorization', `Bearer ${String(response.locals['accessToken'])}`);
        for (const name of ['Cookie', 'X-CSRF', 'Origin', 'Referer']) outgoing.removeHeader(name);
      },
      proxyRes: (answer) => {
        // The browser takes 401 as the end of the session. This one is a disagreement between the API and this server.
        if (answer.statusCode === 401) answer.statusCode = 502;
        // What the API says to other callers: its cookies, and which origins may read its answers.
        for (const name of Object.keys(answer.headers))
          if (/^(set-cookie|www-authenticate|access-control-.*)$/.test(name))
            Reflect.deleteProperty(answer.headers, name);
        answer.headers['cache-control'] = 'no-store';
        answer.headers.vary = [answer.headers.vary ?? [], 'Cookie'].flat().join(', ');
      },
    },
  });
}
