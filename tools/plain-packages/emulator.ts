import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { publishedEmulatorFolder } from '../published-package';
import { root } from '../workspace';
import { buildPackage } from './build-package';

const FETCH = 'fetch/index.ts';

/** All that the entry point for pages offers, the primary one offers as well: the same types by the same names. */
function writeTypesOfFetch(): void {
  const names = readFileSync(resolve(root, 'projects/cognito-emulator', FETCH), 'utf8');
  const types = names.replace(/from '[^']*'/g, "from 'cognito-emulator'");
  writeFileSync(join(publishedEmulatorFolder, 'fetch.d.ts'), types);
}

async function main(): Promise<void> {
  await buildPackage({
    name: 'cognito-emulator',
    target: publishedEmulatorFolder,
    declarations: resolve(root, 'out-tsc/emulator-types'),
    entries: { index: 'src/index.ts' },
    programs: { fetch: FETCH, main: 'src/cli/main.ts' },
    documents: new Map([
      ['projects/cognito-emulator/README.md', 'README.md'],
      ['LICENSE', 'LICENSE'],
    ]),
    // One copy of the core for both entry points.
    options: { splitting: true, external: ['node:*'], chunkNames: 'core-[hash]' },
  });
  writeTypesOfFetch();
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
