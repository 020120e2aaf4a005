import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The folder of the nested package: its dependencies are not those of the workspace. */
export const NESTED_DIRECTORY = __dirname;

const nestedRequire = createRequire(join(NESTED_DIRECTORY, 'package.json'));

/**
 * Loads a package of the nested installation. Its types are written out where it is used, only as far as they are used: the
 * workspace has to compile without the nested installation.
 */
export function requireNested(name: string): unknown {
  return nestedRequire(name);
}

export function isInstalled(): boolean {
  return existsSync(join(NESTED_DIRECTORY, 'node_modules', '.package-lock.json'));
}
