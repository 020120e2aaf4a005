import type { Page } from '@playwright/test';
import { build } from 'esbuild';
import { resolve } from 'node:path';
import { publishedFolder } from '../../../tools/published-package';

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
  const { outputFiles } = await build({
    entryPoints: { compiler: '@angular/compiler', app },
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    outdir: '/',
    chunkNames: 'chunk-[name]-[hash]',
    alias: {
      'ngx-cognito-session/testing': `${library}-testing.mjs`,
      'ngx-cognito-session': `${library}.mjs`,
    },
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  });
  const scripts = new Map(outputFiles.map(({ path, text }) => [path, text]));
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
