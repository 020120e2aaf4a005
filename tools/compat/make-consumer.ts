import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { installInApp } from '../package-check/fresh-app';
import { peerCases } from '../package-check/optional-peers';
import { packLibrary } from '../package-check/pack-library';
import { entryPointsOf, optionalPeersOf, publishedFolder, readPublishedManifest } from '../published-package';
import { root } from '../workspace';
import { consumerManifest, type ConsumerParts, type Workspace } from './consumer-manifest';
import type { Consumer } from './consumers';

/** With all optional peers every entry point; without them those that can do without. */
function importableEntryPoints(isWhole: boolean): readonly string[] {
  const manifest = readPublishedManifest();
  const unusable = peerCases(manifest, publishedFolder).flatMap((peerCase) => peerCase.unusable);
  return entryPointsOf(manifest)
    .map(({ specifier }) => specifier)
    .filter((specifier) => isWhole || !unusable.includes(specifier));
}

/** Keeps the whole of these entry points in the app's bundle. */
function importWhole(specifiers: readonly string[]): string {
  const imports = specifiers.map(
    (specifier, index) => `import * as entryPoint${index} from '${specifier}';\n`,
  );
  const names = specifiers.map((_, index) => `entryPoint${index}`).join(', ');
  return `${imports.join('')}\nexport const entryPoints = [${names}];\n`;
}

/** Makes an app of somebody else's in a folder outside of the workspace, with the package as it would be published. */
export async function makeConsumer(
  folder: string,
  consumer: Consumer,
  parts: Omit<ConsumerParts, 'peers'>,
): Promise<void> {
  cpSync(resolve(root, 'tools/compat/template'), folder, { recursive: true });
  const workspace = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as Workspace;
  const peers = parts.isWhole ? optionalPeersOf(readPublishedManifest()) : [];
  const manifest = consumerManifest(consumer, { ...parts, peers }, workspace);
  writeFileSync(resolve(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(resolve(folder, 'src/entry-points.ts'), importWhole(importableEntryPoints(parts.isWhole)));
  await installInApp(folder, [`./${await packLibrary(folder)}`]);
}
