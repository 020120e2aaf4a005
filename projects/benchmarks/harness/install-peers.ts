import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runProgram } from '../../../tools/gate/run-command';
import { mustPass } from '../../../tools/package-check/must-pass';
import { peersFolder } from './folders';

/** Installs the nested package, unless what its lock file says is there. */
export async function installPeers(): Promise<void> {
  const installed = resolve(peersFolder, 'node_modules/.package-lock.json');
  const lock = resolve(peersFolder, 'package-lock.json');
  if (existsSync(installed) && packagesIn(lock) === packagesIn(installed)) return;
  console.log('Installing the libraries that are compared …');
  await mustPass('npm ci', runProgram('npm', ['ci'], { cwd: peersFolder }));
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly optional?: boolean }>>;
}

function packagesIn(path: string): string {
  const { packages } = JSON.parse(readFileSync(path, 'utf8')) as Lock;
  // Optional packages depend on the machine; the entry without a name is the nested package itself.
  return Object.entries(packages)
    .filter(([name, { optional }]) => name !== '' && optional !== true)
    .map(([name, { version }]) => `${name} ${version}`)
    .sort()
    .join('\n');
}
