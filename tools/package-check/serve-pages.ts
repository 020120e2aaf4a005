import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';

export interface PageServer {
  readonly url: string;
  close(): void;
}

/** Serves a production build as a host would: files as they are, or compressed where there is a `.br` of one; every other path the page itself. */
export async function servePages(folder: string): Promise<PageServer> {
  const server = createServer(sirv(folder, { single: true, brotli: true }));
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
