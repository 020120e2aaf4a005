import { AngularNodeAppEngine, writeResponseToNodeResponse } from '@angular/ssr/node';
import {
  createServerSessions,
  errorAnswer,
  ServerSessionError,
  toClientSession,
  type ServerSessions,
} from 'cognito-server-session';
import { DynamoDbSessionStore } from 'cognito-server-session/dynamodb';
import { sessionMiddleware, sessionRouter, type SessionRequest } from 'cognito-server-session/express';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { resolve } from 'node:path';
import { apiProxy } from './api-proxy';
import type { Settings } from './settings';

const BROWSER_FILES = resolve(import.meta.dirname, '../browser');

/** Files first, then the routes of the sessions, then what depends on the session of a request. */
export function createApp(settings: Settings): Express {
  const sessions = createSessions(settings);
  const app = express();
  app.disable('x-powered-by');
  app.use(express.static(BROWSER_FILES, { index: false, redirect: false, immutable: true, maxAge: '1y' }));
  app.use(sessionRouter(sessions));
  app.use('/api', sessionMiddleware(sessions, { csrf: 'always' }), apiProxy(`${settings.apiOrigin}/api`));
  app.use(sessionMiddleware(sessions), renderPage(settings.appOrigin));
  app.use(sessionError);
  return app;
}

function createSessions({ appOrigin, masterKey, sameSite }: Settings): ServerSessions {
  return createServerSessions({
    store: new DynamoDbSessionStore({ sortKey: 'sid' }),
    appOrigin,
    masterKey,
    sameSite,
    rotationGraceSeconds: 30,
    // Refused in production.
    development: appOrigin.startsWith('http:'),
    logger: console,
  });
}

/** Renders a page of the Angular app. The claims of the session go there as request context, and no token does. */
function renderPage(appOrigin: string): RequestHandler {
  const engine = new AngularNodeAppEngine({ allowedHosts: [new URL(appOrigin).hostname] });
  return async (request: SessionRequest & Parameters<RequestHandler>[0], response, next) => {
    const session = request.serverSession ? toClientSession(request.serverSession) : null;
    const page = await engine.handle(request, { session });
    if (page === null) {
      next();
      return;
    }
    response.setHeader('Content-Security-Policy', POLICY);
    await writeResponseToNodeResponse(page, response);
  };
}

/** Scripts and styles are files of this server, so a script that an attacker brings into a page does not run. */
const POLICY = "default-src 'self'; img-src 'self' data:; base-uri 'self'; frame-ancestors 'none'";

/** 401 for no session, 403 for a call from elsewhere, 503 with `Retry-After` if the session is not available. */
const sessionError: ErrorRequestHandler = async (error: unknown, _request, response, next) => {
  if (error instanceof ServerSessionError) await writeResponseToNodeResponse(errorAnswer(error), response);
  else next(error);
};
