import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../../../tools/workspace';

/** By the path they are served under. */
export type PageScripts = ReadonlyMap<string, string>;

const FOLDER = resolve(root, 'dist/e2e-pages');

/** Where the scripts of a kind of page are; `compile-pages.ts` writes them before the first test. */
export const folderOf = (kind: string): string => resolve(FOLDER, kind);

export function pageScripts(...kinds: readonly string[]): PageScripts {
  return new Map(
    kinds.flatMap((kind) =>
      readdirSync(folderOf(kind)).map((name): [string, string] => [
        `/${name}`,
        readFileSync(resolve(folderOf(kind), name), 'utf8'),
      ]),
    ),
  );
}
