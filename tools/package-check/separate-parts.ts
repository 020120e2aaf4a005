import { build } from 'esbuild';

/** What a module loads besides the packages that it imports statically: dynamic imports and other files. */
export async function separateParts(module: string): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: [module],
    bundle: true,
    packages: 'external',
    write: false,
    metafile: true,
    format: 'esm',
    logLevel: 'silent',
  });
  return Object.values(metafile.inputs)
    .flatMap(({ imports }) => imports)
    .filter(({ kind, external }) => kind === 'dynamic-import' || external !== true)
    .map(({ original, path }) => original ?? path);
}
