import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { root } from '../../../tools/workspace';

/** The other libraries are in a package of their own: nothing but the benchmark needs them. */
export const peersFolder = resolve(root, 'projects/benchmarks/server');

/** What the benchmark uses of `iron-session`. */
interface IronSession {
  getIronSession<T extends object>(
    request: IncomingMessage,
    response: ServerResponse,
    options: {
      readonly password: string;
      readonly cookieName: string;
      readonly cookieOptions: { readonly secure: boolean };
    },
  ): Promise<Partial<T> & { save(): Promise<void>; destroy(): void }>;
}

type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => ReturnType<RequestListener>;

/** What the benchmark uses of `express-session`. */
type ExpressSession = (options: {
  readonly secret: string;
  readonly resave: boolean;
  readonly saveUninitialized: boolean;
  readonly store?: object;
}) => Handler;

type ConnectDynamoDb = (
  session: ExpressSession,
) => new (options: {
  readonly table: string;
  readonly client: DynamoDBClient;
  readonly initialized: boolean;
}) => object;

interface AwsSdk {
  readonly DynamoDBClient: typeof DynamoDBClient;
}

/** Installs the other libraries on first use. */
export function installPeers(): void {
  if (existsSync(resolve(peersFolder, 'node_modules/iron-session'))) return;
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--prefix', peersFolder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** The other libraries. */
export function loadPeers() {
  const load = createRequire(resolve(peersFolder, 'package.json'));
  return {
    ironSession: load('iron-session') as IronSession,
    expressSession: load('express-session') as ExpressSession,
    connectDynamoDb: load('connect-dynamodb') as ConnectDynamoDb,
    awsSdk: load('@aws-sdk/client-dynamodb') as AwsSdk,
  };
}
