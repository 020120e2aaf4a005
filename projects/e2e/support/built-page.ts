import type { Page } from '@playwright/test';
import { resolve } from 'node:path';
import { publishedFolder } from '../../../tools/published-package';
import { bundle } from './bundle';

const ORIGIN = 'https://built.test';
const PAGE = `<!doctype html><title>Built for tests</title><base href="/"><link rel="icon" href="data:,">
<app-root></app-root><script type="module">
  // The compiler before anything that is to be compiled: chunks are evaluated before what imports them.
  await import('/compiler.js');
  await import('/app.js');
</script>`;

/** Bundles an app (a path) with the built library and has the page answered with it; gives the address. Nothing else is there. */
export async function builtPage(page: Page, app: string): Promise<string> {
  const library = resolve(publishedFolder, 'fesm2022/ngx-cognito-session');
  const scripts = await bundle(
    { app },
    {
      'ngx-cognito-session/testing': `${library}-testing.mjs`,
      'ngx-cognito-session': `${library}.mjs`,
    },
  );
  await page.route(`${ORIGIN}/**`, (route) => {
    const script = scripts.get(new URL(route.request().url()).pathname);
    return route.fulfill(
      script === undefined
        ? { contentType: 'text/html', body: PAGE }
        : { contentType: 'text/javascript', body: script },
    );
  });
  return `${ORIGIN}/`;
}
