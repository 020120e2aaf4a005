import { createServer } from 'node:http';
import type { PageScripts } from './page-scripts';

const HOST = '127.0.0.1';

/** Serves an app of one page over HTTP: its scripts, `config.json`, and the page for every other path. */
export async function startAppServer(
  html: string,
  scripts: PageScripts,
  config: () => Promise<object>,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', `http://${HOST}`);
    if (pathname === '/config.json') {
      void config().then((answer) => {
        response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
        response.end(JSON.stringify(answer));
      });
      return;
    }
    const script = scripts.get(pathname);
    const type = script === undefined ? 'text/html' : 'text/javascript';
    response.writeHead(200, { ...headers, 'Content-Type': type });
    response.end(script ?? html);
  });
  await new Promise<void>((listening) => server.listen(0, HOST, listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address');
  return {
    url: `http://${HOST}:${address.port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
