import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { preProcessFile } from 'typescript';
import { entryPointsOf, optionalPeersOf, type PublishedManifest } from '../published-package';

/** An app without one of the optional peers. */
export interface PeerCase {
  readonly peer: string;
  /** The other optional peers, which it has. */
  readonly others: readonly string[];
  /** What such an app can import, and what it cannot. */
  readonly usable: readonly string[];
  readonly unusable: readonly string[];
}

/** Dynamic imports included, examples in comments not. */
function importedNames(code: string): readonly string[] {
  return preProcessFile(code, true, true).importedFiles.map(({ fileName }) => fileName);
}

function isOf(packageName: string, specifier: string): boolean {
  return specifier === packageName || specifier.startsWith(`${packageName}/`);
}

/** Whatever the code and the types of an entry point import, directly or through the package's other files. */
function importsOf(specifier: string, manifest: PublishedManifest, folder: string): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const name of importedNames(readFileSync(join(folder, path), 'utf8'))) {
      if (name.startsWith('.')) visit(join(dirname(path), name));
      else if (isOf(manifest.name, name)) visitEntry(name);
      else found.add(name);
    }
  };
  const visitEntry = (name: string): void => {
    const entry = entryPointsOf(manifest).find((candidate) => candidate.specifier === name);
    if (entry === undefined) throw new Error(`${name} is imported, and the package does not export it.`);
    visit(entry.module);
    visit(entry.types);
  };
  visitEntry(specifier);
  return found;
}

/** One case for each optional peer, so that none that comes later is forgotten. Throws for one that nothing needs. */
export function peerCases(manifest: PublishedManifest, folder: string): readonly PeerCase[] {
  const peers = optionalPeersOf(manifest);
  const entries = entryPointsOf(manifest).map(({ specifier }) => ({
    specifier,
    imports: [...importsOf(specifier, manifest, folder)],
  }));
  return peers.map((peer) => {
    const needsIt = ({ imports }: { imports: readonly string[] }) => imports.some((name) => isOf(peer, name));
    const unusable = entries.filter(needsIt).map(({ specifier }) => specifier);
    if (unusable.length === 0) throw new Error(`${peer} is an optional peer, and nothing imports it.`);
    if (unusable.includes(manifest.name))
      throw new Error(`${peer} is optional, and ${manifest.name} imports it.`);
    return {
      peer,
      others: peers.filter((other) => other !== peer),
      usable: entries.filter((entry) => !needsIt(entry)).map(({ specifier }) => specifier),
      unusable,
    };
  });
}
