import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A request as it came over the wire. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** The access token in it, or whatever else stands in the header. */
  readonly authorization: string | null;
}

export interface WireAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An API that believes everything, notes what arrives, and answers as it is told. */
export interface WireServer {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly port: number;
  /** What arrived, preflights excepted. */
  readonly requests: readonly WireRequest[];
  /** What the next requests get, in order; then 200 and an empty object. */
  answer(...answers: readonly WireAnswer[]): void;
  close(): Promise<void>;
}

export async function startWireServer(): Promise<WireServer> {
  const requests: WireRequest[] = [];
  const planned: WireAnswer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    bodyOf(request).then(
      (body) => {
        if (request.method === 'OPTIONS') return send(request, response, { status: 204 });
        const { method = '', url: path = '', headers } = request;
        requests.push({ method, path, headers, body, authorization: headers.authorization ?? null });
        send(request, response, planned.shift() ?? { body: '{}' });
      },
      () => response.destroy(),
    );
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const { port } = address;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    port,
    requests,
    answer: (...answers) => void planned.push(...answers),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Pages of every origin may send every header and read every answer. */
function send(request: IncomingMessage, response: ServerResponse, answer: WireAnswer): void {
  response.writeHead(answer.status ?? 200, {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': '*',
    'Access-Control-Allow-Headers': request.headers['access-control-request-headers'] ?? '*',
    'Access-Control-Expose-Headers': Object.keys(answer.headers ?? {}).join(','),
    'Content-Type': 'application/json',
    ...answer.headers,
  });
  response.end(answer.body ?? '');
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}
