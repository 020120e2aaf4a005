import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Linker } from '../../../tools/angular-linker';
import { servePages } from '../../../tools/package-check/serve-pages';
import type { Peer } from '../peers';
import { buildPage, type Script } from './page-build';
import { startStub, type Stub } from './stub';

/** Where a peer is served: its app, the same with an interface for the harness, and its own stub. */
export interface Site {
  readonly peer: Peer;
  readonly appUrl: string;
  readonly controlUrl: string;
  readonly stub: Stub;
  close(): Promise<void>;
}

/** The page that libraries load in a hidden frame when they ask whether the user is signed in. */
const SILENT = `<!doctype html><title>silent</title><script>parent.postMessage(location.href, location.origin);</script>`;

const pageAt = (base: string) => `<!doctype html><html lang="en"><head><title>benchmark</title>
<base href="${base}"><link rel="icon" href="data:,"></head>
<body><app-root></app-root><script type="module" src="app.js"></script></body></html>`;

export async function openSite(peer: Peer, linker: Linker): Promise<Site> {
  const stub = await startStub();
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const write = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    // Served in place of the file, as a host would.
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content));
  };
  const writePage = (base: string, scripts: readonly Script[]) => {
    mkdirSync(join(folder, base), { recursive: true });
    write(join(base, 'index.html'), pageAt(base));
    for (const { name, code } of scripts) write(join(base, name), code);
  };
  writePage('/', await buildPage(peer.name, 'session, HTTP, guard', stub.config, linker));
  writePage('/control/', await buildPage(peer.name, 'control', stub.config, linker));
  write('silent.html', SILENT);
  const server = await servePages(folder);
  return {
    peer,
    appUrl: `${server.url}/`,
    controlUrl: `${server.url}/control/`,
    stub,
    close: async () => {
      server.close();
      await stub.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
