import { transform } from 'esbuild';

/**
 * Without the names of other packages that only what has been shaken off imports: the bundler keeps those of packages
 * that it was told to leave out, and a real build has none of them. Of types it knows that they may go.
 */
export async function withUsedImports(code: string): Promise<string> {
  const { code: used } = await transform(code, {
    loader: 'ts',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
  });
  return used;
}
