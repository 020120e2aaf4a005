import { build, type BuildOptions } from 'esbuild';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { startLinker } from '../../../tools/angular-linker';
import { publishedFolder } from '../../../tools/published-package';
import { folderOf } from './page-scripts';

const E2E = resolve(__dirname, '..');
const library = resolve(publishedFolder, 'fesm2022/ngx-cognito-session');

const LIBRARY = {
  'ngx-cognito-session/aws-credentials': `${library}-aws-credentials.mjs`,
  'ngx-cognito-session/devtools/panel': `${library}-devtools-panel.mjs`,
  'ngx-cognito-session/devtools': `${library}-devtools.mjs`,
  'ngx-cognito-session/idle': `${library}-idle.mjs`,
  'ngx-cognito-session/managed-login': `${library}-managed-login.mjs`,
  'ngx-cognito-session/migration': `${library}-migration.mjs`,
  'ngx-cognito-session/testing': `${library}-testing.mjs`,
  'ngx-cognito-session': `${library}.mjs`,
};

// Pages that need not link the library themselves start several times as fast.
const linker = startLinker({ advancedOptimizations: false });
/** The library as it was built, and as an app in production has it. */
const PRODUCTION: BuildOptions = { minify: true, define: { ngDevMode: 'false' }, plugins: [linker.plugin] };
/** The same in chunks. */
const CHUNKS: BuildOptions = {
  ...PRODUCTION,
  format: 'esm',
  splitting: true,
  chunkNames: 'chunk-[name]-[hash]',
  tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
};

/** Each kind of page that is made for tests. */
const PAGES: Readonly<Record<string, BuildOptions>> = {
  tabs: {
    ...PRODUCTION,
    entryPoints: ['tabs/page/tab-page.ts', 'tabs/page/naive-page.ts'],
  },
  chaos: { ...PRODUCTION, entryPoints: ['chaos/page/chaos-page.ts'] },
  starting: { ...CHUNKS, entryPoints: { app: 'starting/page/app.ts' } },
  routing: { ...CHUNKS, entryPoints: { app: 'routing/page/routing-app.ts' } },
  login: { ...CHUNKS, entryPoints: { app: 'login/page/login-app.ts' } },
  // In development, where the panel is.
  devtools: {
    ...CHUNKS,
    define: { ngDevMode: 'true' },
    entryPoints: { app: 'devtools/page/devtools-app.ts' },
  },
  testing: {
    ...CHUNKS,
    entryPoints: { app: 'testing/page/e2e-app.ts' },
  },
  aws: {
    ...PRODUCTION,
    entryPoints: { 'aws-page': 'aws-credentials/page/aws-page.ts' },
  },
  // The components of such a page are compiled in the browser: the tests need no build of Angular's.
  compiler: { minify: true, entryPoints: { compiler: '@angular/compiler' } },
  storage: { tsconfigRaw: {}, entryPoints: ['storage/page/storage-lab.ts'] },
  emulator: { minify: true, entryPoints: ['emulator-in-page/page/in-page.ts'] },
};

/** Once for all workers. */
export default function compilePages(): Promise<void> {
  return compileKinds(Object.keys(PAGES));
}

/** Compiles some kinds of pages. */
export async function compileKinds(kinds: readonly string[]): Promise<void> {
  await Promise.all(
    kinds.map(async (kind) => {
      const options = PAGES[kind];
      if (options === undefined) throw new Error(`There are no pages of the kind ${kind}.`);
      await rm(folderOf(kind), { recursive: true, force: true });
      await build({
        bundle: true,
        format: 'iife',
        target: 'es2022',
        absWorkingDir: E2E,
        outdir: folderOf(kind),
        alias: LIBRARY,
        ...options,
      });
    }),
  );
  await linker.close();
}
