import type { BuildOptions } from 'esbuild';

/**
 * How a production build is bundled and split: by the bundler of the Angular CLI, with its settings. What it links and optimises is in
 * `angular-linker.ts`.
 */
export const PRODUCTION_BUILD = {
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  write: false,
  metafile: true,
  outdir: 'out',
  legalComments: 'none',
  conditions: ['es2020', 'es2015', 'module'],
  mainFields: ['es2020', 'es2015', 'browser', 'module', 'main'],
  define: { ngDevMode: 'false', ngJitMode: 'false', ngServerMode: 'false' },
} satisfies BuildOptions;
