import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathsIn } from './tarball-contents';

/** Texts that no minifier changes, and that nothing but this part of the library writes. */
const marks = {
  'the cookie storage': '; Max-Age=',
  'the console logger': '[ngx-cognito-session] ',
};

/** All code of a production build, lazy chunks included. */
export function codeOf(pages: string): string {
  return pathsIn(pages)
    .filter((path) => path.endsWith('.js'))
    .map((path) => readFileSync(join(pages, path), 'utf8'))
    .join('\n');
}

/** The optional parts of the library that minified code holds. */
function optionalParts(code: string): readonly string[] {
  return Object.entries(marks)
    .filter(([, mark]) => code.includes(mark))
    .map(([part]) => part);
}

/** Throws if the code of an app that asks for none of them carries optional parts. */
export function expectNoOptionalParts(code: string): void {
  const found = optionalParts(code);
  if (found.length > 0) throw new Error(`An app that does not ask for it carries ${found.join(' and ')}.`);
}

/** Throws unless the code of everything holds all of them: proof that the other check would see them. */
export function expectAllOptionalParts(code: string): void {
  const found = optionalParts(code);
  const missing = Object.keys(marks).filter((part) => !found.includes(part));
  if (missing.length > 0)
    throw new Error(`Not recognised in an app that takes everything: ${missing.join(', ')}.`);
}
