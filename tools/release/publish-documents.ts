import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { PUBLIC_ADDRESS } from '../../projects/ngx-cognito-session/src/lib/errors/documentation-page';
import { root } from '../workspace';
import { publicFields } from './public-fields';
import { publishedText } from './published-text';

/** Puts documents of the repository into a package. `places` has their paths in the package by those in the repository. */
export function publishDocuments(folder: string, places: ReadonlyMap<string, string>): void {
  rmSync(resolve(folder, 'docs'), { recursive: true, force: true });
  for (const [path, place] of places) {
    const target = resolve(folder, place);
    mkdirSync(dirname(target), { recursive: true });
    if (!path.endsWith('.md')) {
      cpSync(resolve(root, path), target);
      continue;
    }
    const text = publishedText(readFileSync(resolve(root, path), 'utf8'), {
      path,
      place,
      placeOf: (link) => places.get(link) ?? folderOf(link, places),
      publicAddress: PUBLIC_ADDRESS,
    });
    writeFileSync(target, text);
  }
}

/** The place of a folder, by that of a document in it. */
function folderOf(link: string, places: ReadonlyMap<string, string>): string | null {
  const [found] = [...places].filter(([path]) => path.startsWith(`${link}/`));
  if (found === undefined) return null;
  const [path, place] = found;
  return place.slice(0, link.length - path.length);
}

/** Writes into a package's package.json where the project is public. */
export function completeManifest(folder: string): void {
  const path = resolve(folder, 'package.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as object;
  writeFileSync(path, `${JSON.stringify({ ...manifest, ...publicFields(PUBLIC_ADDRESS) }, null, 2)}\n`);
}
