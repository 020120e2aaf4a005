import { createServerSessions, MemorySessionStore, toClientSession } from 'cognito-server-session';
import { DynamoDbSessionStore } from 'cognito-server-session/dynamodb';
import type { SessionRequest } from 'cognito-server-session/express';

/** The origin that browsers see. */
const appOrigin = process.env['APP_ORIGIN'] ?? 'http://localhost:4200';

/** The sessions of signed-in users. Their tokens stay on this server; a browser has a cookie that no script can read. */
export const sessions = createServerSessions({
  // SESSION_TABLE is the name of a DynamoDB table. Without it the sessions end with this process, and production is refused.
  store: process.env['SESSION_TABLE']
    ? new DynamoDbSessionStore({ sortKey: 'sid' })
    : new MemorySessionStore(),
  userPoolId: 'eu-west-1_YourUserPoolId',
  clientId: 'your-app-client-id',
  domain: 'your-domain.auth.eu-west-1.amazoncognito.com',
  appOrigin,
  // Allows plain http, as ng serve has it. Refused in production.
  development: appOrigin.startsWith('http:'),
  logger: console,
});

/** What Angular knows of a request while it renders a page: the claims of the user, and no token. */
export function requestContext({ serverSession }: SessionRequest) {
  return { session: serverSession ? toClientSession(serverSession) : null };
}
