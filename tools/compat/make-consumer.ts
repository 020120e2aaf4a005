import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runProgram } from '../gate/run-command';
import { mustPass } from '../package-check/must-pass';
import { packLibrary } from '../package-check/pack-library';
import { entryPointsOf, optionalPeersOf, readPublishedManifest } from '../published-package';
import { root } from '../workspace';
import { consumerManifest, type Workspace } from './consumer-manifest';
import type { Consumer } from './consumers';

/** Keeps the whole of these entry points in the app's bundle. */
function importWhole(specifiers: readonly string[]): string {
  const imports = specifiers.map(
    (specifier, index) => `import * as entryPoint${index} from '${specifier}';\n`,
  );
  const names = specifiers.map((_, index) => `entryPoint${index}`).join(', ');
  return `${imports.join('')}\nexport const entryPoints = [${names}];\n`;
}

/** Makes the app of a consumer in a folder outside the workspace, with the package as it would be published. */
export async function makeConsumer(folder: string, consumer: Consumer, needsNode: boolean): Promise<void> {
  cpSync(resolve(root, 'tools/compat/template'), folder, { recursive: true });
  const workspace = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as Workspace;
  const library = readPublishedManifest();
  const manifest = consumerManifest(consumer, { needsNode, peers: optionalPeersOf(library) }, workspace);
  writeFileSync(resolve(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(
    resolve(folder, 'src/entry-points.ts'),
    importWhole(entryPointsOf(library).map(({ specifier }) => specifier)),
  );
  const options = [
    'install',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    `./${await packLibrary(folder)}`,
  ];
  await mustPass('npm install', runProgram('npm', options, { cwd: folder }));
}
