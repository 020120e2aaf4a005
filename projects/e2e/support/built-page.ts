import type { Page } from '@playwright/test';
import { pageScripts } from './page-scripts';

const ORIGIN = 'https://built.test';

/** Has the page of an app with the built library answered; gives the address. Nothing else is there. */
export async function builtPage(page: Page, ...kinds: readonly string[]): Promise<string> {
  const scripts = pageScripts(...kinds);
  const html = pageOf(scripts, 'Built for tests');
  await page.route(`${ORIGIN}/**`, (route) => {
    const script = scripts.get(new URL(route.request().url()).pathname);
    return route.fulfill(
      script === undefined
        ? { contentType: 'text/html', body: html }
        : { contentType: 'text/javascript', body: script },
    );
  });
  return `${ORIGIN}/`;
}

/** The HTML of a page with an app in it. `head` comes before everything else. */
export function pageOf(scripts: ReadonlyMap<string, string>, title: string, head = ''): string {
  // The compiler before anything that is to be compiled.
  const loading = ['/compiler.js', '/app.js'].filter((path) => scripts.has(path));
  return `<!doctype html><title>${title}</title><base href="/"><link rel="icon" href="data:,">
${head}<app-root></app-root><script type="module">
${loading.map((path) => `await import('${path}');`).join('\n')}
</script>`;
}
