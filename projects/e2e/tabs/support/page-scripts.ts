import { build } from 'esbuild';
import { resolve } from 'node:path';

/** By the path they are served under. */
export type PageScripts = ReadonlyMap<string, string>;

const FOLDER = resolve(__dirname, '../page');

/** The library as it was built, and as an app in production has it. */
export async function bundlePageScripts(): Promise<PageScripts> {
  const entries = ['tab-page', 'naive-page'];
  const { outputFiles } = await build({
    entryPoints: entries.map((name) => resolve(FOLDER, `${name}.ts`)),
    outdir: '/',
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    define: { ngDevMode: 'false' },
    tsconfig: resolve(FOLDER, '../../tsconfig.json'),
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
}
