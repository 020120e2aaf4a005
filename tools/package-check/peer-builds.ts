import { build } from 'esbuild';
import { resolve } from 'node:path';
import { allParts } from '../optional-parts';
import { readPublishedManifest } from '../published-package';
import { peerCases, type PeerCase } from './optional-peers';
import { expectParts } from './unused-features';

/** The code of an app that takes everything from these entry points, made by the bundler of `ng build`. */
async function bundle(
  folder: string,
  specifiers: readonly string[],
  external: readonly string[],
): Promise<string> {
  const imports = specifiers.map((specifier, index) => `import * as all${index} from '${specifier}';`);
  const all = specifiers.map((_, index) => `all${index}`).join(', ');
  const { outputFiles } = await build({
    stdin: {
      contents: `${imports.join('\n')}\nObject.assign(globalThis, { all: [${all}] });`,
      resolveDir: folder,
    },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    logLevel: 'silent',
    external: [...external],
  });
  return outputFiles.map(({ text }) => text).join('\n');
}

/** What the bundler says against it; empty if it is content. */
function complaintOf(bundled: Promise<string>): Promise<string> {
  return bundled.then(
    () => '',
    (error: unknown) => String(error),
  );
}

async function checkCase(folder: string, { peer, others, usable, unusable }: PeerCase): Promise<void> {
  expectParts(await bundle(folder, usable, others), allParts);

  for (const specifier of unusable) {
    const complaint = await complaintOf(bundle(folder, [specifier], others));
    if (complaint === '') throw new Error(`${specifier} does without ${peer}, which it imports.`);
    if (!complaint.includes(`Could not resolve "${peer}`)) {
      throw new Error(`A build of ${specifier} without ${peer} does not say what is missing:\n${complaint}`);
    }
  }
}

/** Bundles for an app without one optional peer each, from the package that it has installed. What needs the peer says so. */
export async function checkPeerBuilds(folder: string): Promise<void> {
  const installed = resolve(folder, 'node_modules/ngx-cognito-session');
  for (const peerCase of peerCases(readPublishedManifest(installed), installed))
    await checkCase(folder, peerCase);
}
