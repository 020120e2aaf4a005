import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/**
 * A road to Cognito on which the browser asks for permission before each call, and gets it when the test says so: until
 * then the call itself has not left the browser.
 */
export interface PreflightGate {
  readonly url: string;
  /** From now on no request gets permission. */
  shut(): void;
  /** Resolves once a request has asked for it in vain. */
  asked(): Promise<void>;
  open(): void;
  close(): Promise<void>;
}

export async function startPreflightGate(target: string): Promise<PreflightGate> {
  let waiting: (() => void)[] = [];
  let onAsked: () => void = () => undefined;
  let asked = Promise.resolve();
  let isShut = false;
  const pass = async (): Promise<void> => {
    if (!isShut) return;
    onAsked();
    await new Promise<void>((go) => waiting.push(go));
  };
  const open = (): void => {
    isShut = false;
    for (const go of waiting) go();
    waiting = [];
  };

  const server = createServer((request, response) => {
    void (request.method === 'OPTIONS' ? pass() : Promise.resolve())
      .then(() => forward(target, request, response))
      // The caller has gone.
      .catch(() => response.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    shut: () => {
      isShut = true;
      asked = new Promise((resolve) => (onAsked = resolve));
    },
    asked: () => asked,
    open,
    close: async () => {
      open();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** What each of the two connections says for itself. */
const OWN_HEADERS = ['host', 'connection', 'content-length'];

async function forward(target: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const headers = Object.entries(request.headers).filter(([name]) => !OWN_HEADERS.includes(name));
  const hasBody = request.method === 'POST';
  const answer = await fetch(target + (request.url ?? ''), {
    method: request.method ?? 'GET',
    headers: Object.fromEntries(headers) as Record<string, string>,
    ...(hasBody && { body: new Uint8Array(await buffer(request)) }),
  });
  const body = Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, {
    ...Object.fromEntries(answer.headers),
    'content-length': body.length,
    connection: 'close',
    // Not kept: the next call asks again.
    'access-control-max-age': '0',
  });
  response.end(body);
}
