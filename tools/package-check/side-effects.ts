import { build } from 'esbuild';

/** What is left of a package in an app that imports it and uses nothing of it; empty if it keeps its word. */
export async function leftOfUnused(specifier: string, folder: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `import '${specifier}';`, resolveDir: folder },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    legalComments: 'none',
    logLevel: 'silent',
    plugins: [
      {
        name: 'everything else is the app’s',
        setup: (bundler) => {
          bundler.onResolve({ filter: /^[^./]/ }, ({ path, importer }) =>
            importer === '<stdin>' ? undefined : { path, external: true },
          );
        },
      },
    ],
  });
  return outputFiles
    .map(({ text }) => text.replace(/^\/\/.*$/gm, ''))
    .join('')
    .trim();
}
