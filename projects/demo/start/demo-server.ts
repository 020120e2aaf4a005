import type { Emulator } from 'cognito-emulator';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import sirv from 'sirv';
import { root } from '../../../tools/workspace';
import type { DemoConfig } from '../src/app/config/demo-config';
import { contentSecurityPolicy } from './content-security-policy';
import { answerForEmulator } from './emulator-facade';
import { serverSessionRoutes, type ServerSessionRoutes } from './server-session-routes';

/** The production build; `ng build demo` writes it. */
export const DEMO_FOLDER = resolve(root, 'dist/demo/browser');

/** Stands in the page where a nonce belongs. */
const NONCE = 'CSP_NONCE';
const HOST = '127.0.0.1';
const YEAR_SECONDS = 31_536_000;

export interface DemoServerOptions {
  /** Default 0: a free one. */
  readonly port?: number;
  /** The build to serve; default: the demo. */
  readonly folder?: string;
  /** The local Cognito that the page may see and steer. */
  readonly emulator?: Emulator;
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
  { port = 0, folder = DEMO_FOLDER, emulator }: DemoServerOptions = {},
): Promise<DemoServer> {
  const page = readPage(folder);
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
  let answerForServerSession: ServerSessionRoutes = () => false;
  const server = createServer((request, response) => {
    if (answerForServerSession(request, response)) return;
    if (request.url?.split('?')[0] === '/config.json') {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
      response.end(JSON.stringify(config));
      return;
    }
    if (emulator !== undefined && request.url?.startsWith('/_emulator/') === true) {
      void answerForEmulator(emulator, request, response);
      return;
    }
    if (page !== null && isPage(request)) {
      sendPage(response, page, config);
      return;
    }
    files(request, response, () => void response.writeHead(404).end('Not found'));
  });
  await listen(server, port);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address');
  const url = `http://${HOST}:${address.port}`;
  const { apiUrl } = config;
  if (emulator !== undefined && apiUrl !== undefined)
    answerForServerSession = serverSessionRoutes({ emulator, apiUrl, appOrigin: url });
  return { url, close: () => close(server) };
}

/** The page with a place for a nonce; `null` if it has none: it is served without a policy. */
function readPage(folder: string): string | null {
  const page = readFileSync(resolve(folder, 'index.html'), 'utf8');
  return page.includes(NONCE) ? page : null;
}

/** Every path without a file's ending is the page. */
const isPage = ({ url = '/' }: IncomingMessage): boolean => !/\.\w+$/.test(url.split('?')[0] ?? '');

function sendPage(response: ServerResponse, page: string, config: DemoConfig): void {
  const nonce = randomBytes(16).toString('base64');
  response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': contentSecurityPolicy(config, nonce),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
  });
  response.end(page.replaceAll(NONCE, nonce));
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
