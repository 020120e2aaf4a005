import { build } from 'esbuild';

/**
 * Scripts of a page that is compiled in the browser, by what the page loads first (`compiler.js`): the tests need no build of
 * Angular's. By path.
 */
export async function bundle(
  entryPoints: Readonly<Record<string, string>>,
  alias: Readonly<Record<string, string>> = {},
): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    entryPoints: { compiler: '@angular/compiler', ...entryPoints },
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    outdir: '/',
    chunkNames: 'chunk-[name]-[hash]',
    alias: { ...alias },
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
}
