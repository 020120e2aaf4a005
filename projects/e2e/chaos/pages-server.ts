import { createServer } from 'node:http';
import type { PageScripts } from '../support/page-scripts';
import { SHIFT_PATH, type ChaosSetup } from './page/setup';

const HOST = '127.0.0.1';

export interface PagesServer {
  readonly origin: string;
  url(setup: ChaosSetup): string;
  close(): Promise<void>;
}

/** The pages of one device: an origin of their own. */
export async function startPagesServer(scripts: PageScripts, shiftMs: () => number): Promise<PagesServer> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', `http://${HOST}`);
    const script = scripts.get(pathname);
    const [type, body] =
      pathname === SHIFT_PATH
        ? ['text/plain', String(shiftMs())]
        : script === undefined
          ? ['text/html', pageOf(searchParams.get('setup') ?? '')]
          : ['text/javascript', script];
    response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' });
    response.end(body);
  });
  await new Promise<void>((listening) => server.listen(0, HOST, listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address');
  const origin = `http://${HOST}:${address.port}`;
  return {
    origin,
    url: (setup) => `${origin}/?${new URLSearchParams({ setup: JSON.stringify(setup) }).toString()}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function pageOf(setup: string): string {
  const text = setup.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<!doctype html><meta charset="utf-8"><title>Chaos</title><link rel="icon" href="data:,">
<script src="/chaos-page.js" data-setup="${text}"></script>`;
}
