import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../../tools/workspace';

/** The day of a run, as `2026-11-30`. */
export const today = (): string => new Date().toISOString().slice(0, 10);

/** The versions of Node, of our packages, and of these, which are installed in the workspace or in another folder. */
export function versionsOf(...packages: readonly string[]): Readonly<Record<string, string>> {
  return {
    node: process.versions.node,
    ...Object.fromEntries(packages.map((name) => [name, versionIn(resolve(root, 'node_modules', name))])),
  };
}

/** Of the package in a folder. */
export function versionIn(folder: string): string {
  const { version } = JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return version;
}
