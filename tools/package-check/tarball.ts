import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runCommands } from '../gate/run-command';
import { acceptTexts, differenceFrom, type Texts } from '../golden';
import { complainOfLinks } from '../links/complain-of-links';
import {
  entryPointsOf,
  publishedEmulatorFolder,
  publishedFolder,
  publishedServerFolder,
  readPublishedManifest,
  type PublishedManifest,
} from '../published-package';
import { root } from '../workspace';
import { packLibrary, unpackLibrary } from './pack-library';
import { complainOfCommand } from './run-emulator';
import { separateParts } from './separate-parts';
import { leftOfUnused } from './side-effects';
import { describeContents, pathsIn } from './tarball-contents';

const golden = resolve(root, 'tools/package-check/golden');

async function complainOfContents(texts: Texts): Promise<string | null> {
  const difference = await differenceFrom(golden, texts);
  if (difference === null) return null;
  return `${difference}\nThe tarball holds other files. Is it meant? Then: npm run api:accept`;
}

/** Other people's opinions of a package of ES modules. */
async function complainByLinters(tarball: string): Promise<string | null> {
  const { ok, output } = await runCommands([
    ['publint/src/cli.js', 'run', tarball, '--strict'],
    ['@arethetypeswrong/cli/dist/index.js', tarball, '--profile', 'esm-only', '--no-color', '--no-emoji'],
  ]);
  return ok ? null : output;
}

async function complainOfSideEffects(manifest: PublishedManifest, folder: string): Promise<string | null> {
  const left = await Promise.all(
    entryPointsOf(manifest).map(
      async ({ specifier }) => [specifier, await leftOfUnused(specifier, folder)] as const,
    ),
  );
  const complaints = left
    .filter(([, code]) => code !== '')
    .map(([specifier, code]) => `import '${specifier}' alone leaves code in an app:\n${code}`);
  return complaints.length === 0 ? null : complaints.join('\n');
}

/** The primary entry point is one file: an app whose deploy removed a chunk must not lose its session. */
async function complainOfParts(manifest: PublishedManifest, folder: string): Promise<string | null> {
  const [primary] = entryPointsOf(manifest).filter(({ specifier }) => specifier === manifest.name);
  const parts = primary === undefined ? ['nothing'] : await separateParts(join(folder, primary.module));
  return parts.length === 0 ? null : `${manifest.name} is not one bundle. It also loads: ${parts.join(', ')}`;
}

interface Examined {
  readonly contents: string;
  /** What is wrong besides. */
  readonly complaints: readonly (string | null)[];
}

async function examine(published: string): Promise<Examined> {
  const folder = mkdtempSync(join(tmpdir(), 'tarball-'));
  try {
    const { name } = readPublishedManifest(published);
    const tarball = await packLibrary(folder, published);
    const unpacked = await unpackLibrary(folder, tarball, name);
    const manifest = readPublishedManifest(unpacked);
    const contents = describeContents(pathsIn(unpacked), manifest);
    if (process.argv.includes('--accept')) return { contents, complaints: [] };
    const complaints = [
      await complainByLinters(join(folder, tarball)),
      await complainOfSideEffects(manifest, folder),
      ...(published === publishedEmulatorFolder
        ? [await complainOfCommand(unpacked)]
        : [await complainOfParts(manifest, unpacked)]),
      complainOfLinks(unpacked, ['.']) || null,
    ];
    return { contents, complaints };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Looks at the tarballs that would be published; `--accept` takes their contents as they are. */
async function main(): Promise<void> {
  const library = await examine(publishedFolder);
  const server = await examine(publishedServerFolder);
  const emulator = await examine(publishedEmulatorFolder);
  const texts = new Map([
    ['contents.txt', library.contents],
    ['contents-cognito-server-session.txt', server.contents],
    ['contents-cognito-emulator.txt', emulator.contents],
  ]);
  if (process.argv.includes('--accept')) {
    acceptTexts(golden, texts);
    return;
  }
  const packages = [library, server, emulator];
  const all = [await complainOfContents(texts), ...packages.flatMap(({ complaints }) => complaints)];
  const complaints = all.filter((complaint) => complaint !== null);
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
