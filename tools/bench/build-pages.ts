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

export interface Pages<N extends Name> {
  readonly names: readonly N[];
  /** The folder of their sources. */
  readonly sources: string;
  /** Where the builds are written, each to a folder of its name. */
  readonly folder: string;
  /** What the sources find in `BENCH`. */
  readonly pool: object;
}

/** Writes a production build of each page. Gives the size of its script: bytes, gzip. */
export async function buildPages<N extends Name>({
  names,
  sources,
  folder,
  pool,
}: Pages<N>): Promise<ReadonlyMap<N, number>> {
  const linker = startLinker({ advancedOptimizations: true });
  const sizes = new Map<N, number>();
  for (const name of names) {
    const { outputFiles } = await build({
      entryPoints: [join(sources, `${name}.ts`)],
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
    sizes.set(name, gzipSync(code, { level: 9 }).length);
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'index.html'), PAGE);
    writeFileSync(join(folder, name, 'app.js'), code);
  }
  await linker.close();
  return sizes;
}
