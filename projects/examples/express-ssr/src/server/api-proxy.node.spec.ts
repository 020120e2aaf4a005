import type { ServerSession } from 'cognito-server-session';
import type { SessionRequest } from 'cognito-server-session/express';
import express, { type RequestHandler } from 'express';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { apiProxy } from './api-proxy';

const servers: Server[] = [];

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** As the middleware of the package leaves a request. */
const signedIn: RequestHandler = (request, response, next) => {
  (request as SessionRequest).serverSession = {
    accessToken: () => Promise.resolve('an-access-token'),
  } as ServerSession;
  response.setHeader('Vary', 'Cookie');
  next();
};

async function answerTo(headersOfApi: Record<string, string>): Promise<Headers> {
  const api = await listen((_request, response) => response.writeHead(200, headersOfApi).end('hello'));
  const app = await listen(express().use('/api', signedIn, apiProxy(api)));
  return (await fetch(`${app}/api/hello`)).headers;
}

describe('the proxy in front of the API', () => {
  it.each([
    [{ Vary: 'Origin' }, 'Origin, Cookie'],
    [{}, 'Cookie'],
  ])('marks the answer as one of the session, whatever the API says: %j', async (headers, vary) => {
    const answer = await answerTo({ ...headers, 'Cache-Control': 'public' });

    expect([answer.get('vary'), answer.get('cache-control')]).toEqual([vary, 'no-store']);
  });

  it('keeps the cookies and the CORS headers of the API to itself', async () => {
    const answer = await answerTo({ 'Set-Cookie': 'a=1', 'Access-Control-Allow-Origin': '*' });

    expect([answer.get('set-cookie'), answer.get('access-control-allow-origin')]).toEqual([null, null]);
  });
});
