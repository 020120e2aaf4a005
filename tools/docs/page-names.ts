import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../workspace';

/** Where the pages stand. */
export const docsFolder = resolve(root, 'projects/docs');

/** Not pages: the reference of the API is generated, and what is hidden belongs to VitePress. */
const notWritten = /^(?:\.|api\/)/;

/** The pages that are written by hand, and the README beside them, by their paths in `projects/docs`. */
export function pageNames(): readonly string[] {
  return readdirSync(docsFolder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.md') && !notWritten.test(name))
    .sort();
}
