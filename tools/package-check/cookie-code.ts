import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathsIn } from './tarball-contents';

/** No minifier changes it, and nothing but the cookie storage writes it. */
const cookieAttribute = '; Max-Age=';

function hasCookieCode(pages: string): boolean {
  return pathsIn(pages)
    .filter((path) => path.endsWith('.js'))
    .some((path) => readFileSync(join(pages, path), 'utf8').includes(cookieAttribute));
}

/** Throws unless a production build holds the code of the cookie storage, lazy chunks included, exactly if it should. */
export function expectCookieCode(pages: string, isWanted: boolean): void {
  if (hasCookieCode(pages) === isWanted) return;
  throw new Error(
    isWanted
      ? 'An app that imports everything holds no cookie code that this check recognises.'
      : 'An app without withCookieStorage carries cookie code.',
  );
}
