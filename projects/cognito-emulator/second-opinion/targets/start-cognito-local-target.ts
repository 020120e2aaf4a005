import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { NESTED_DIRECTORY } from '../nested-require';
import { REDIRECT_URI, type Target } from './target';

const CLIENT = {
  CallbackURLs: [REDIRECT_URI],
  AllowedOAuthFlows: ['code' as const],
  AllowedOAuthScopes: ['openid'],
  AllowedOAuthFlowsUserPoolClient: true,
  ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH' as const, 'ALLOW_REFRESH_TOKEN_AUTH' as const],
};

/** cognito-local as its own process in an empty directory of its own: it keeps its state in the working directory. */
export async function startCognitoLocalTarget(): Promise<Target> {
  const directory = await mkdtemp(join(tmpdir(), 'second-opinion-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    process.execPath,
    [join(NESTED_DIRECTORY, 'node_modules/cognito-local/lib/bin/start.js')],
    {
      cwd: directory,
      env: { ...process.env, HOST: '127.0.0.1', PORT: String(port), CODE: '1234' },
      stdio: 'ignore',
    },
  );
  await untilHealthy(url, child);
  const client = new CognitoIdentityProviderClient({
    region: 'local',
    endpoint: url,
    maxAttempts: 1,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { UserPool } = await client.send(new CreateUserPoolCommand({ PoolName: 'contract' }));
  const userPoolId = UserPool?.Id ?? '';
  const [clientId, otherClientId] = [await newClient('web'), await newClient('other')];
  let users = 0;
  return {
    name: 'cognito-local',
    url,
    userPoolId,
    clientId,
    otherClientId,
    redirectUri: REDIRECT_URI,
    client,
    newUser: async () => {
      const user = { username: `user${users++}@example.com`, password: 'Correct-horse-1' };
      const names = { UserPoolId: userPoolId, Username: user.username };
      const UserAttributes = [{ Name: 'email', Value: user.username }];
      await client.send(new AdminCreateUserCommand({ ...names, UserAttributes, MessageAction: 'SUPPRESS' }));
      await client.send(
        new AdminSetUserPasswordCommand({ ...names, Password: user.password, Permanent: true }),
      );
      return user;
    },
    disable: async (username) => {
      await client.send(new AdminDisableUserCommand({ UserPoolId: userPoolId, Username: username }));
    },
    setRefreshTokenSeconds: async (seconds) => {
      const lifetime = {
        RefreshTokenValidity: seconds,
        TokenValidityUnits: { RefreshToken: 'seconds' as const },
      };
      await client.send(
        new UpdateUserPoolClientCommand({
          ...CLIENT,
          ...lifetime,
          UserPoolId: userPoolId,
          ClientId: clientId,
        }),
      );
    },
    pass: (seconds) => pause(seconds * 1000 + 100),
    close: async () => {
      client.destroy();
      child.kill();
      await once(child, 'exit');
      await rm(directory, { recursive: true });
    },
  };

  async function newClient(ClientName: string): Promise<string> {
    const input = { ...CLIENT, UserPoolId: userPoolId, ClientName };
    const answer = await client.send(new CreateUserPoolClientCommand(input));
    return answer.UserPoolClient?.ClientId ?? '';
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
}

/** It says nowhere but on its health page that it is ready. */
async function untilHealthy(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200 && child.exitCode === null; attempt++) {
    const isUp = await fetch(`${url}/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return;
    await pause(100);
  }
  child.kill();
  throw new Error('cognito-local did not start');
}
