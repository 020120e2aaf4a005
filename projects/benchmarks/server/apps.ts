import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import {
  createServerSessions,
  MemorySessionStore,
  type ServerSessionsOptions,
  type SessionStore,
} from 'cognito-server-session';
import { DynamoDbSessionStore } from 'cognito-server-session/dynamodb';
import { requestOf, sessionMiddleware, type SessionRequest } from 'cognito-server-session/express';
import express, { type Express, type Request } from 'express';
import { loadPeers } from './peers';

/** Ways of keeping a session, in the order in which they take turns. The first one keeps none. */
export const APPS = [
  'no session',
  'cognito-server-session, memory',
  'express-session, memory',
  'iron-session, cookie',
  'cognito-server-session, DynamoDB',
  'express-session, DynamoDB',
] as const;
export type AppName = (typeof APPS)[number];

export const TABLE = 'sessions';
export const SORT_KEY = 'sid';
/** The table of `connect-dynamodb`, whose key is `id`. */
export const PEER_TABLE = 'peer-sessions';

/** What an app finds around it. */
export interface Surroundings {
  readonly dynamoDb: string;
  readonly sessions: Omit<ServerSessionsOptions, 'store'>;
}

/** The tokens of a sign-in, as Cognito answers. */
export interface SignInTokens {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken: string;
}

/** What an app keeps that does without this library. */
interface KeptSession {
  username: string;
  accessToken: string;
  idToken: string;
  refreshToken: string;
}

/** What other libraries put at a request. */
type WithSession = Request & { session: Partial<KeptSession> & { destroy(done: () => void): void } };

/** 32 characters or more, as both libraries ask for. */
const PASSWORD = 'a password of the benchmark, not of an app';

/**
 * An app that answers `GET /` with the user and the length of the access token, `POST /sign-in` with a session for the tokens in
 * the body, and `POST /sign-out`.
 */
export function makeApp(name: AppName, surroundings: Surroundings): Express {
  switch (name) {
    case 'no session':
      return withoutSession();
    case 'cognito-server-session, memory':
      return withServerSessions(new MemorySessionStore(), surroundings);
    case 'cognito-server-session, DynamoDB':
      return withServerSessions(
        new DynamoDbSessionStore({
          tableName: TABLE,
          sortKey: SORT_KEY,
          client: new DynamoDBClient(clientConfig(surroundings)),
        }),
        surroundings,
      );
    case 'express-session, memory':
      return withExpressSession(undefined);
    case 'express-session, DynamoDB':
      return withExpressSession(surroundings);
    case 'iron-session, cookie':
      return withIronSession();
  }
}

const clientConfig = ({ dynamoDb }: Surroundings): DynamoDBClientConfig => ({
  endpoint: dynamoDb,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
});

const answer = (username: string, accessToken: string): string =>
  JSON.stringify({ username, token: accessToken.length });

function withoutSession(): Express {
  return express()
    .post('/sign-in', (_request, response) => void response.end())
    .get('/', (_request, response) => void response.end(answer('alice', '')));
}

function withServerSessions(store: SessionStore, { sessions: options }: Surroundings): Express {
  const sessions = createServerSessions({ ...options, store });
  return express()
    .post('/sign-in', express.json(), async (request, response) => {
      const { setCookie } = await sessions.signIn(request.body as SignInTokens, requestOf(request));
      response.setHeader('Set-Cookie', setCookie).end();
    })
    .post('/sign-out', async (request, response) => {
      const { setCookie } = await sessions.signOut(requestOf(request));
      response.setHeader('Set-Cookie', setCookie).end();
    })
    .use(sessionMiddleware(sessions))
    .get('/', async (request: SessionRequest, response) => {
      const session = request.serverSession;
      response.end(session ? answer(session.user.username, await session.accessToken()) : '');
    });
}

function withExpressSession(surroundings: Surroundings | undefined): Express {
  const { expressSession, connectDynamoDb, awsSdk } = loadPeers();
  const store = surroundings && {
    store: new (connectDynamoDb(expressSession))({
      table: PEER_TABLE,
      client: new awsSdk.DynamoDBClient(clientConfig(surroundings)),
      initialized: true,
    }),
  };
  return express()
    .use(expressSession({ secret: PASSWORD, resave: false, saveUninitialized: false, ...store }))
    .post('/sign-in', express.json(), (request, response) => {
      Object.assign((request as WithSession).session, keptSession(request.body as SignInTokens));
      response.end();
    })
    .post('/sign-out', (request, response) => {
      (request as WithSession).session.destroy(() => void response.end());
    })
    .get('/', (request, response) => {
      const { username = '', accessToken = '' } = (request as WithSession).session;
      response.end(answer(username, accessToken));
    });
}

function withIronSession(): Express {
  const { ironSession } = loadPeers();
  const options = { password: PASSWORD, cookieName: 'session', cookieOptions: { secure: false } };
  return express()
    .post('/sign-in', express.json(), async (request, response) => {
      const session = await ironSession.getIronSession<KeptSession>(request, response, options);
      // A browser keeps cookies of 4096 bytes, and iron-session refuses longer ones: there is no room for another token.
      const { username, accessToken } = keptSession(request.body as SignInTokens);
      Object.assign(session, { username, accessToken });
      await session.save();
      response.end();
    })
    .get('/', async (request, response) => {
      const session = await ironSession.getIronSession<KeptSession>(request, response, options);
      response.end(answer(session.username ?? '', session.accessToken ?? ''));
    });
}

const keptSession = ({ AccessToken, IdToken, RefreshToken }: SignInTokens): KeptSession => ({
  username: 'alice',
  accessToken: AccessToken,
  idToken: IdToken,
  refreshToken: RefreshToken,
});
