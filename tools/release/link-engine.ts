import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const placeholder = `'#engine'`;

/** The file in which the bundler has put what apps load later; its name changes with its content. */
export function engineFileOf(files: readonly string[]): string {
  const found = files.filter((name) => /-create-engine-[\w-]+\.mjs$/.test(name));
  const [file] = found;
  if (file === undefined || found.length > 1)
    throw new Error(`Expected one file with the engine, and found ${found.length}.`);
  return file;
}

/** Code that imports `#engine`, with the file in its place. Throws unless it does so once. */
export function linked(code: string, engineFile: string): string {
  const parts = code.split(placeholder);
  if (parts.length !== 2)
    throw new Error(`Expected one import of ${placeholder}, and found ${parts.length - 1}.`);
  return parts.join(`'./${engineFile}'`);
}

/**
 * Lets `…/testing` import the engine from the file that the primary entry point loads with `import()`: one engine, the same
 * classes. No entry point can name that file, and one of its own would be imported by the primary one and import it.
 */
export function linkEngine(packageFolder: string): void {
  const folder = resolve(packageFolder, 'fesm2022');
  const testing = resolve(folder, 'ngx-cognito-session-testing.mjs');
  writeFileSync(testing, linked(readFileSync(testing, 'utf8'), engineFileOf(readdirSync(folder))));
}
