import { createServerSessions } from 'cognito-server-session';
import { DynamoDbSessionStore } from 'cognito-server-session/dynamodb';
import { requestOf, withSession, type LambdaEvent, type LambdaResult } from 'cognito-server-session/lambda';
import { PAGE, PAGE_SCRIPT } from './page';

const apiUrl = process.env['API_URL'] ?? '';

/** Once per instance of the function. User pool, app client, origin and table come from environment variables. */
const sessions = createServerSessions({
  store: new DynamoDbSessionStore({ sortKey: 'sid' }),
  apiOrigins: [new URL(apiUrl).origin],
  rotationGraceSeconds: 30,
  logger: console,
});

/** The routes below `/auth` are served by `withSession`. Every other request comes here, with its session. */
export const handler = withSession(sessions, async (event: LambdaEvent, session): Promise<LambdaResult> => {
  const request = requestOf(event);
  switch (new URL(request.url).pathname) {
    case '/':
      return file('text/html; charset=utf-8', PAGE);
    case '/page.js':
      return file('text/javascript; charset=utf-8', PAGE_SCRIPT);
    case '/api/hello': {
      // Data of the user only for pages of this app, a GET included.
      sessions.verifyCsrf(request);
      if (session === null) return { statusCode: 401 };
      // The access token goes along here, and nowhere else.
      const answer = await sessions.fetch(session, new Request(apiUrl));
      const contentType = answer.headers.get('content-type') ?? 'application/octet-stream';
      return {
        // The browser takes 401 as the end of the session. This one is a disagreement between the API and this function.
        statusCode: answer.status === 401 ? 502 : answer.status,
        headers: { 'Content-Type': contentType },
        body: await answer.text(),
      };
    }
    default:
      return { statusCode: 404 };
  }
});

function file(contentType: string, body: string): LambdaResult {
  return {
    statusCode: 200,
    headers: { 'Content-Type': contentType, 'Content-Security-Policy': "default-src 'self'" },
    body,
  };
}
