import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface HttpServer {
  readonly url: string;
  readonly port: number;
  /** Ends at once: open sockets are destroyed. */
  close(): Promise<void>;
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export async function startHttpServer(handle: Handler, port: number, host: string): Promise<HttpServer> {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    // A handler that fails leaves no hanging request behind: the peer sees a broken connection.
    handle(request, response).catch(() => response.destroy());
  });
  // A browser keeps a connection much longer than a test pauses; Node's default of 5 s would add resets that no test asked for.
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = portOf(server.address());
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address}`,
    port: address,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address');
  return address.port;
}
