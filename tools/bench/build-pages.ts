import { build } from 'esbuild';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { startLinker } from '../angular-linker';
import { publishedFolder } from '../published-package';
import { root } from '../workspace';

export const template = resolve(root, 'tools/bench/template');

/** The pages in the order in which they take turns. The floor is the least that an app can do. */
export const NAMES = ['floor', 'ngx-cognito-session', 'aws-amplify'] as const;
export type Name = (typeof NAMES)[number];

const PAGE = `<!doctype html><title>bench</title><link rel="icon" href="data:,"><app-root></app-root>
<script type="module" src="app.js"></script>`;

/** Writes a production build of each page to a folder of its name. Gives the size of its script: bytes, gzip. */
export async function buildPages(folder: string, pool: object): Promise<Readonly<Record<Name, number>>> {
  const linker = startLinker({ advancedOptimizations: true });
  const sizes: Record<Name, number> = { floor: 0, 'ngx-cognito-session': 0, 'aws-amplify': 0 };
  for (const name of NAMES) {
    const { outputFiles } = await build({
      entryPoints: [join(template, `${name}.ts`)],
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      write: false,
      legalComments: 'none',
      tsconfigRaw: {},
      // Not the copies that npm may have installed beside the page.
      nodePaths: [resolve(root, 'node_modules')],
      alias: { 'ngx-cognito-session': resolve(publishedFolder, 'fesm2022/ngx-cognito-session.mjs') },
      conditions: ['es2020', 'es2015', 'module'],
      mainFields: ['es2020', 'es2015', 'browser', 'module', 'main'],
      define: {
        ngDevMode: 'false',
        ngJitMode: 'false',
        ngServerMode: 'false',
        BENCH: JSON.stringify(pool),
      },
      plugins: [linker.plugin],
    });
    const code = outputFiles.map(({ text }) => text).join('');
    sizes[name] = gzipSync(code, { level: 9 }).length;
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'index.html'), PAGE);
    writeFileSync(join(folder, name, 'app.js'), code);
  }
  await linker.close();
  return sizes;
}
