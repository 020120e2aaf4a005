import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { brokenLinks, GENERATED } from './broken-links';

const isDocument = (name: string): boolean => /\.md$|(?<!\.spec)\.ts$/.test(name);

function documentsBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : documentsBelow(path);
    return isDocument(entry.name) ? [path] : [];
  });
}

/**
 * The broken links of a folder's own documents and of those in some of its folders, one a line; empty if there are none.
 * `documentation`: the folder of the pages that comments name.
 */
export function complainOfLinks(folder: string, below: readonly string[], documentation?: string): string {
  const own = readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => resolve(folder, name));
  const paths = [...own, ...below.flatMap((name) => documentsBelow(resolve(folder, name)))];
  const texts = paths
    .map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')] as const)
    .filter(([path]) => !path.startsWith(GENERATED));
  return brokenLinks(new Map(texts), (path) => existsSync(resolve(folder, path)), documentation)
    .map((line) => `${line}\n`)
    .join('');
}
