import { readdirSync } from 'node:fs';
import { entryPointsOf, type PublishedManifest } from '../published-package';

/** What a bundler puts between the name of a chunk and its extension. */
const contentHash = /-[\w-]{8}(?=\.m?js(\.map)?$)/;

/** Paths of a package's files, one a line, without what changes from build to build. */
export function describeContents(paths: readonly string[], manifest: PublishedManifest): string {
  const modules = entryPointsOf(manifest).map(({ module }) => module.replace(/^\.\//, ''));
  const isNamedByUs = (path: string) => modules.includes(path.replace(/\.map$/, ''));
  const names = paths.map((path) => (isNamedByUs(path) ? path : path.replace(contentHash, '-[hash]')));
  return names
    .sort()
    .map((name) => `${name}\n`)
    .join('');
}

/** Every file below a folder. */
export function pathsIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`.slice(folder.length + 1));
}
