import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { root } from '../../../tools/workspace';
import type { Peer } from '../peers';
import { peersFolder } from './folders';

/** Of Angular, RxJS and the packages of the peers. */
export function versionsOf(peers: readonly Peer[]): Readonly<Record<string, string>> {
  const names = ['@angular/core', 'rxjs', ...peers.flatMap(({ packages }) => packages)];
  return Object.fromEntries(names.map((name) => [name, versionOf(name)]));
}

function versionOf(name: string): string {
  const folder =
    ['dist', 'node_modules']
      .map((parent) => resolve(root, parent, name))
      .concat(resolve(peersFolder, 'node_modules', name))
      .find((path) => hasManifest(path)) ?? '';
  return manifestOf(folder).version;
}

function hasManifest(folder: string): boolean {
  try {
    return manifestOf(folder).version !== '';
  } catch {
    return false;
  }
}

function manifestOf(folder: string): { readonly version: string } {
  return JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8')) as { readonly version: string };
}

export function machine(): string {
  return `${cpus().length} cores, ${process.platform}, Node ${process.versions.node}`;
}
