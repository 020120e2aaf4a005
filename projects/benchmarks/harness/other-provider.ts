import type { Emulator } from 'cognito-emulator';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { unwrapRefreshToken, wrapRefreshToken } from './refresh-token-as-jwt';

/** Auth0's path by that of Cognito. */
const PATHS: Readonly<Record<string, string>> = {
  '/authorize': '/oauth2/authorize',
  '/oauth/token': '/oauth2/token',
};

/**
 * An emulator as other providers serve it: under the paths that auth0-spa-js has built in, and, for keycloak-js, with refresh tokens
 * that are JWTs and with answers to calls with credentials.
 */
export async function startOtherProvider(
  emulator: Emulator,
): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((request, response) => {
    const forward = async () => {
      const answer = await emulator.fetch(await asCognitoExpects(request));
      // The body may have another length.
      const headers = [...answer.headers].filter(([name]) => name !== 'content-length');
      response.writeHead(answer.status, {
        ...Object.fromEntries(headers),
        'access-control-allow-origin': request.headers.origin ?? '*',
        'access-control-allow-credentials': 'true',
      });
      const body = await answer.text();
      const isTokens = answer.headers.get('content-type')?.includes('json') === true;
      response.end(isTokens ? wrapRefreshToken(body) : body);
    };
    forward().catch(() => response.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function asCognitoExpects(request: IncomingMessage): Promise<Request> {
  // Discovery answers with addresses of the server that is asked.
  const own = `http://${request.headers.host ?? ''}`;
  const asked = new URL(request.url ?? '/', own);
  const url = new URL(asked.search, new URL(PATHS[asked.pathname] ?? asked.pathname, own));
  const headers = Object.entries(request.headers)
    .filter(([name]) => name !== 'content-length')
    .map(([name, value]): [string, string] => [name, String(value)]);
  const body = request.method === 'POST' ? { body: unwrapRefreshToken(await text(request)) } : {};
  return new Request(url, { method: request.method ?? 'GET', headers, redirect: 'manual', ...body });
}
