import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readPublishedManifest } from '../published-package';
import { root } from '../workspace';
import { buildApp, installInApp, pagesOf } from './fresh-app';
import { mustPass } from './must-pass';
import { peerCases, type PeerCase } from './optional-peers';
import { expectAllOptionalParts } from './unused-features';

interface Workspace {
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** The version of a peer that the library is built with. */
function pinned(peer: string): string {
  const manifest = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as Workspace;
  const version = manifest.devDependencies[peer];
  if (version === undefined) throw new Error(`The workspace does not install ${peer}.`);
  return `${peer}@${version}`;
}

/** An app that takes everything from these entry points. */
function importAll(folder: string, specifiers: readonly string[]): void {
  const imports = specifiers.map((specifier, index) => `import * as all${index} from '${specifier}';`);
  const all = specifiers.map((_, index) => `all${index}`).join(', ');
  rmSync(resolve(folder, 'src/app'), { recursive: true, force: true });
  writeFileSync(
    resolve(folder, 'src/main.ts'),
    `${imports.join('\n')}\nObject.assign(globalThis, { all: [${all}] });\n`,
  );
}

async function checkCase(folder: string, { peer, others, usable, unusable }: PeerCase): Promise<void> {
  if (others.length > 0) await installInApp(folder, ['--no-save', ...others.map(pinned)]);
  importAll(folder, usable);
  await mustPass(`A build without ${peer} that imports ${usable.join(', ')}`, buildApp(folder));
  expectAllOptionalParts(pagesOf(folder));

  for (const specifier of unusable) {
    importAll(folder, [specifier]);
    const { ok, output } = await buildApp(folder);
    if (ok) throw new Error(`${specifier} does without ${peer}, which it imports.`);
    if (!output.includes(`Could not resolve "${peer}`)) {
      throw new Error(`A build of ${specifier} without ${peer} does not say what is missing:\n${output}`);
    }
  }
}

/** Production builds of an app without one optional peer each; what it would need says so. Replaces the app's sources. */
export async function checkPeerBuilds(folder: string): Promise<void> {
  const installed = resolve(folder, 'node_modules/ngx-cognito-session');
  for (const peerCase of peerCases(readPublishedManifest(installed), installed))
    await checkCase(folder, peerCase);
}
