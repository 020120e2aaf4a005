import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DEFAULT_CLIENT_ID,
  DEFAULT_USER,
  startEmulator,
  type ClientSettings,
  type Emulator,
  type UserConfig,
} from 'cognito-emulator';
import { startSampleApi, type SampleApi } from 'local-services';
import dynalite from 'dynalite';
import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';

/** What an example needs of AWS, on this machine: a user pool with managed login, a table, and an API that checks access tokens. */
export interface LocalAws {
  readonly emulator: Emulator;
  readonly api: SampleApi;
  /** Environment variables of a function or a server that uses it. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface LocalAwsOptions {
  /** The origin that browsers see. */
  readonly appOrigin: string;
  readonly users?: readonly UserConfig[];
  readonly settings?: Partial<ClientSettings>;
}

/** `node --import` loads it before an example. */
export const AS_ON_AWS = resolve(__dirname, 'as-on-aws.mjs');

const TABLE = 'sessions';
const GRACE_SECONDS = 30;

export async function startLocalAws({
  appOrigin,
  users = [DEFAULT_USER],
  settings = {},
}: LocalAwsOptions): Promise<LocalAws> {
  const secret = randomBytes(24).toString('hex');
  const client = {
    clientId: DEFAULT_CLIENT_ID,
    secret,
    redirectUris: [`${appOrigin}/auth/callback`],
    logoutUris: [`${appOrigin}/`],
    rotation: true,
    graceSeconds: GRACE_SECONDS,
    ...settings,
  };
  const emulator = await startEmulator({ pools: [{ clients: [client], users }] });
  const api = await startSampleApi({ emulator });
  const database = await startDatabase();
  const environment = {
    USER_POOL_ID: emulator.userPoolId,
    CLIENT_ID: client.clientId,
    CLIENT_SECRET: secret,
    USER_POOL_DOMAIN: emulator.url,
    APP_ORIGIN: appOrigin,
    SESSION_TABLE: TABLE,
    API_URL: `${api.url}/api/hello`,
    AWS_REGION: emulator.region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
    COGNITO_ENDPOINT: emulator.url,
  };
  await createTable(database.url, emulator.region);
  return {
    emulator,
    api,
    environment,
    close: async () => {
      await Promise.all([emulator.close(), api.close(), database.close()]);
    },
  };
}

async function startDatabase(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server: Server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The table of `lambda/template.yaml`. */
async function createTable(endpoint: string, region: string): Promise<void> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region, credentials });
  await client.send(
    new CreateTableCommand({
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'sub', AttributeType: 'S' },
        { AttributeName: 'sid', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'sub', KeyType: 'HASH' },
        { AttributeName: 'sid', KeyType: 'RANGE' },
      ],
    }),
  );
  client.destroy();
}
