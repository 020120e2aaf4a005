import { build } from 'esbuild';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runCommands } from '../gate/run-command';
import { publishedServerFolder } from '../published-package';
import { completeManifest, publishDocuments } from '../release/publish-documents';
import { root } from '../workspace';
import { rollUpTypes } from './roll-up-types';

const project = resolve(root, 'projects/cognito-server-session');
const types = resolve(root, 'out-tsc/server-session-types');

/** Entry points by the names of their files in the package; the primary one first. */
const ENTRIES = {
  index: 'src/index.ts',
  dynamodb: 'dynamodb/index.ts',
  express: 'express/index.ts',
  lambda: 'lambda/index.ts',
};

/** Documents by their paths in the repository, and their paths in the package. */
const DOCUMENTS = new Map([
  ['projects/cognito-server-session/README.md', 'README.md'],
  ['docs/server-sessions.md', 'docs/server-sessions.md'],
  ['docs/server-sessions-migration.md', 'docs/server-sessions-migration.md'],
  ['LICENSE', 'LICENSE'],
]);

/** Builds what will be published: a module and a file of types for each entry point, and what npm shows of the package. */
async function main(): Promise<void> {
  for (const folder of [publishedServerFolder, types]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(publishedServerFolder, { recursive: true });
  await build({
    entryPoints: Object.fromEntries(
      Object.entries(ENTRIES).map(([name, path]) => [name, resolve(project, path)]),
    ),
    outdir: publishedServerFolder,
    bundle: true,
    // Dependencies, and the primary entry point by its package name: one copy of each class.
    packages: 'external',
    tsconfigRaw: { compilerOptions: { target: 'ES2022' } },
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    minifySyntax: true,
    define: { ngDevMode: 'true' },
    legalComments: 'none',
  });
  const { ok, output } = await runCommands([
    ['typescript/bin/tsc', '--project', join(project, 'tsconfig.build.json')],
  ]);
  if (!ok) throw new Error(output);
  rollUpTypes(
    Object.entries(ENTRIES).map(([name, path]) => ({
      declarations: join(types, 'cognito-server-session', path.replace(/\.ts$/, '.d.ts')),
      target: join(publishedServerFolder, `${name}.d.ts`),
    })),
    join(types, 'installed'),
  );
  copyFileSync(join(project, 'package.json'), join(publishedServerFolder, 'package.json'));
  publishDocuments(publishedServerFolder, DOCUMENTS);
  completeManifest(publishedServerFolder);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
