import {
  AngularNodeAppEngine,
  createNodeRequestHandler,
  writeResponseToNodeResponse,
} from '@angular/ssr/node';

const engine = new AngularNodeAppEngine();

export const reqHandler = createNodeRequestHandler(async (request, response) => {
  const rendered = await engine.handle(request);
  if (rendered === null) response.writeHead(404).end();
  else await writeResponseToNodeResponse(rendered, response);
});
