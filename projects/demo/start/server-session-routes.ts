import type { Emulator } from 'cognito-emulator';
import { createServerSessions, MemorySessionStore, type ServerSessions } from 'cognito-server-session';
import { requestOf, sessionRouter } from 'cognito-server-session/express';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Where the page finds them; `provideServerSession` gets the path of the routes. */
const PREFIX = '/server/';
const BASE_PATH = '/server/auth';
const HELLO = '/server/api/hello';

export interface ServerSessionSetting {
  readonly emulator: Emulator;
  /** Origin of the protected API. */
  readonly apiUrl: string;
  /** Of the demo, for the way back from managed login. */
  readonly appOrigin: string;
}

/** Answers below `/server/`, and says whether it has. */
export type ServerSessionRoutes = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * The same app with its tokens on the server: `cognito-server-session` has its routes below `/server/auth`, and `GET /server/api/hello` calls
 * the API with the access token of the session. Restarting the demo ends these sessions.
 */
export function serverSessionRoutes(setting: ServerSessionSetting): ServerSessionRoutes {
  let created: Promise<ServerSessions> | undefined;
  return (request, response) => {
    if (request.url?.startsWith(PREFIX) !== true) return false;
    created ??= createSessions(setting);
    created
      .then((sessions) => answer(sessions, setting.apiUrl, request, response))
      .catch(() => void response.writeHead(503).end());
    return true;
  };
}

async function createSessions({
  emulator,
  apiUrl,
  appOrigin,
}: ServerSessionSetting): Promise<ServerSessions> {
  // Plain http: the server would not fetch the keys of the pool itself.
  const keys = await fetch(emulator.jwksUrl);
  return createServerSessions({
    store: new MemorySessionStore(),
    userPoolId: emulator.userPoolId,
    clientId: emulator.clientId,
    endpoint: emulator.url,
    domain: emulator.url,
    jwks: (await keys.json()) as { readonly keys: readonly object[] },
    appOrigin,
    basePath: BASE_PATH,
    logoutUri: `${appOrigin}/server-session`,
    apiOrigins: [apiUrl],
    rotationGraceSeconds: 30,
    development: true,
    now: () => emulator.clock.now(),
  });
}

async function answer(
  sessions: ServerSessions,
  apiUrl: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.url?.split('?')[0] === HELLO) {
    await answerHello(sessions, apiUrl, request, response);
    return;
  }
  sessionRouter(sessions)(request, response, () => void response.writeHead(404).end('Not found'));
}

/** The browser sends its cookie, the API gets the token. */
async function answerHello(
  sessions: ServerSessions,
  apiUrl: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const asked = requestOf(request);
  sessions.verifyCsrf(asked);
  const session = await sessions.get(asked);
  if (session === null) {
    response.writeHead(401).end();
    return;
  }
  const hello = await sessions.fetch(session, new Request(`${apiUrl}/api/hello`));
  response.writeHead(hello.status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(await hello.text());
}
