import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { complainOfParts, partsIn, type OptionalPart } from '../optional-parts';
import { pathsIn } from './tarball-contents';

/** All code of a production build, lazy chunks included. */
export function codeOf(pages: string): string {
  return pathsIn(pages)
    .filter((path) => path.endsWith('.js'))
    .map((path) => readFileSync(join(pages, path), 'utf8'))
    .join('\n');
}

/** Throws unless the code of an app contains exactly the optional parts that the app uses. */
export function expectParts(code: string, used: readonly OptionalPart[]): void {
  const complaint = complainOfParts(partsIn(code), used);
  if (complaint !== null) throw new Error(`Optional parts in the code of an app: ${complaint}.`);
}
