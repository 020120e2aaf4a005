import { createServer, type Server } from 'node:http';
import { resolve } from 'node:path';
import sirv from 'sirv';
import { root } from '../../../tools/workspace';
import type { DemoConfig } from '../src/app/config/demo-config';

/** The production build; `ng build demo` writes it. */
export const DEMO_FOLDER = resolve(root, 'dist/demo/browser');

const HOST = '127.0.0.1';
const YEAR_SECONDS = 31_536_000;

export interface DemoServerOptions {
  /** Default 0: a free one. */
  readonly port?: number;
  /** The build to serve; default: the demo. */
  readonly folder?: string;
}

export interface DemoServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the built demo as a host would: files as they are, every other path the page itself. `config.json` is made here
 * and never cached, which is how one build serves any user pool. Rejects if the port is taken; 0 takes a free one.
 */
export async function startDemoServer(
  config: DemoConfig,
  { port = 0, folder = DEMO_FOLDER }: DemoServerOptions = {},
): Promise<DemoServer> {
  const files = sirv(folder, {
    single: true,
    etag: true,
    // A name with a hash in it never changes its content; the page and everything else is asked for again.
    setHeaders: (response, path) =>
      response.setHeader(
        'Cache-Control',
        isHashed(path) ? `public,max-age=${YEAR_SECONDS},immutable` : 'no-cache',
      ),
  });
  const server = createServer((request, response) => {
    if (request.url?.split('?')[0] === '/config.json') {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
      response.end(JSON.stringify(config));
      return;
    }
    files(request, response, () => void response.writeHead(404).end('Not found'));
  });
  await listen(server, port);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address');
  return { url: `http://${HOST}:${address.port}`, close: () => close(server) };
}

const isHashed = (path: string): boolean => /-[A-Z0-9]{8}\.\w+$/.test(path);

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolved, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolved);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolved) => {
    server.close(() => resolved());
    server.closeAllConnections();
  });
}
