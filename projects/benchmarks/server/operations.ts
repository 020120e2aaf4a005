import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDbSessionStore } from 'cognito-server-session/dynamodb';
import { DynamoTable } from '../../cognito-server-session/testing-support/dynamo-table';
import { requestWith, ServerApp } from '../../cognito-server-session/testing-support/server-app';
import { makeApp, PEER_TABLE, SORT_KEY } from './apps';
import { Load } from './load';
import type { OperationResult } from './results';

const REQUESTS = [
  'with a valid session',
  'with a valid session, five minutes after the last one',
  'with expired tokens',
  'sign-in',
  'sign-out',
] as const;
type RequestName = (typeof REQUESTS)[number];

type Operations = Readonly<Partial<Record<RequestName, readonly string[]>>>;

/** What each kind of request asks of DynamoDB. */
export async function countOperations(): Promise<readonly OperationResult[]> {
  const own = await operationsOfServerSessions();
  const peer = await operationsOfExpressSession();
  return REQUESTS.map((request) => ({
    request,
    operations: own[request],
    peerOperations: peer[request] ?? null,
  }));
}

/** Those of `cognito-server-session`. */
export async function operationsOfServerSessions(): Promise<Record<RequestName, readonly string[]>> {
  const table = await DynamoTable.start({ sortKey: SORT_KEY });
  const store = new DynamoDbSessionStore({
    tableName: table.tableName,
    sortKey: SORT_KEY,
    client: table.client(),
  });
  const app = await ServerApp.start({ store, settings: { graceSeconds: 0 } });
  const during = operationsDuring(table);
  try {
    let cookie = '';
    const request = async () => {
      const session = await app.sessions.get(requestWith(cookie));
      if (session === null) throw new Error('The session is lost.');
      await session.accessToken();
    };
    const signIn = await during(async () => (cookie = await app.signIn()));
    const valid = await during(request);
    app.time.advance(5 * 60_000);
    const later = await during(request);
    app.expireTokens();
    const expired = await during(request);
    const signOut = await during(() => app.sessions.signOut(requestWith(cookie)));
    return {
      'with a valid session': valid,
      'with a valid session, five minutes after the last one': later,
      'with expired tokens': expired,
      'sign-in': signIn,
      'sign-out': signOut,
    };
  } finally {
    await app.close();
    await table.close();
  }
}

async function operationsOfExpressSession(): Promise<Operations> {
  const table = await DynamoTable.start({ sortKey: SORT_KEY });
  await table.client().send(
    new CreateTableCommand({
      TableName: PEER_TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  const surroundings = { dynamoDb: table.url, sessions: {} };
  const server = createServer(makeApp('express-session, DynamoDB', surroundings)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const load = new Load((server.address() as AddressInfo).port);
  const during = operationsDuring(table);
  try {
    let cookie = '';
    const tokens = { AccessToken: 'access', IdToken: 'id', RefreshToken: 'refresh' };
    return {
      'sign-in': await during(async () => (cookie = await load.signIn(tokens))),
      'with a valid session': await during(() => load.get(cookie)),
      'sign-out': await during(() => load.post('/sign-out', cookie)),
    };
  } finally {
    load.close();
    server.close();
    await table.close();
  }
}

const operationsDuring =
  (table: DynamoTable) =>
  async (work: () => Promise<unknown>): Promise<readonly string[]> => {
    const before = table.calls.length;
    await work();
    return table.calls.slice(before);
  };
