import {
  AngularNodeAppEngine,
  createNodeRequestHandler,
  isMainModule,
  writeResponseToNodeResponse,
} from '@angular/ssr/node';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import sirv from 'sirv';

const engine = new AngularNodeAppEngine();

async function render(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const rendered = await engine.handle(request);
  if (rendered === null) response.writeHead(404).end('Not found');
  else await writeResponseToNodeResponse(rendered, response);
}

/** The command line renders with it while it builds: nothing is served then. */
export const reqHandler = createNodeRequestHandler(render);

/** Tells its parent its address, and goes when nothing is left to do after the parent has said so. */
function serve(): void {
  const files = sirv(resolve(import.meta.dirname, '../browser'));
  const server = createServer((request, response) => {
    files(request, response, () => {
      render(request, response).catch((error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        response.writeHead(500).end('Failed');
      });
    });
  });
  server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
  process.once('message', () => {
    server.close();
    server.closeAllConnections();
    process.disconnect();
  });
}

if (isMainModule(import.meta.url)) serve();
