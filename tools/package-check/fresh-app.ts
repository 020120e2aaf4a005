import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { consumers } from '../compat/consumers';
import { pinnedManifest, type Manifest } from '../compat/pinned-manifest';
import { runProgram } from '../gate/run-command';
import { readPublishedManifest } from '../published-package';
import { root } from '../workspace';
import { addBlock } from './add-block';
import type { CodeBlock } from './extract-blocks';
import { mustPass } from './must-pass';
import { compileStrictly, makeNewApp } from './new-app';
import { packLibrary, unpackLibrary } from './pack-library';

const NAME = 'quick-start';
/** What the quick start, and `ng add` with managed login, install besides the library. */
export const QUICK_START_PEERS: readonly string[] = ['oauth4webapi'];

const readManifest = (folder: string) =>
  JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8')) as Manifest;

/**
 * Gives an app the packages that its manifest names and that the workspace has, as links. Copies would be tens of thousands of
 * files; the app of `makeInstalledApp` gets its own from npm. What only its tests need is not there.
 */
function linkPackages(folder: string): void {
  const { dependencies, devDependencies } = readManifest(folder);
  for (const name of [...Object.keys({ ...dependencies, ...devDependencies }), ...QUICK_START_PEERS]) {
    const target = resolve(root, 'node_modules', name);
    if (!existsSync(target)) continue;
    const link = resolve(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(target, link, 'junction');
  }
}

/** The versions that are tested, where `ng new` names a range: the newest ones do not always fit each other. */
function pinVersions(folder: string): void {
  const workspace = readManifest(root);
  const major = workspace.devDependencies['@angular/core']?.split('.')[0] ?? '';
  const consumer = consumers[major];
  if (consumer === undefined) throw new Error(`No consumer has Angular ${major}.`);
  const pinned = pinnedManifest(readManifest(folder), consumer, workspace);
  writeFileSync(resolve(folder, 'package.json'), JSON.stringify(pinned));
}

function testedVersion(name: string): string {
  return readManifest(root).devDependencies[name] ?? 'latest';
}

/** Does in an app what a document says. */
export function followBlocks(folder: string, blocks: readonly CodeBlock[]): void {
  for (const block of blocks) {
    const path = resolve(folder, block.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, addBlock(existsSync(path) ? readFileSync(path, 'utf8') : null, block));
  }
}

/** A new app below `parent`, outside of the workspace, where nothing but the package can satisfy an import of the library. */
export async function makeFreshApp(parent: string): Promise<string> {
  const folder = await makeNewApp(parent, { name: NAME, ssr: false });
  compileStrictly(folder);
  linkPackages(folder);
  await unpackLibrary(folder, await packLibrary(folder), readPublishedManifest().name);
  return folder;
}

/** A new app with server rendering, with packages from npm, where the developer has done what a document says. */
export async function makeInstalledApp(parent: string, blocks: readonly CodeBlock[]): Promise<string> {
  const folder = await makeNewApp(parent, { name: NAME, ssr: true });
  pinVersions(folder);
  const options = [
    'install',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    `./${await packLibrary(folder)}`,
    ...QUICK_START_PEERS.map((peer) => `${peer}@${testedVersion(peer)}`),
  ];
  await mustPass('npm install', runProgram('npm', options, { cwd: folder }));
  followBlocks(folder, blocks);
  return folder;
}

/** Runs the app's own `ng`; returns what it prints. */
export function ng(folder: string, ...args: readonly string[]): Promise<string> {
  const script = resolve(folder, 'node_modules/@angular/cli/bin/ng.js');
  return mustPass(`ng ${args.join(' ')}`, runProgram(process.execPath, [script, ...args], { cwd: folder }));
}

/** Where `ng build` leaves the pages. */
export const pagesOf = (folder: string): string => resolve(folder, 'dist', NAME, 'browser');
export const serverOf = (folder: string): string => resolve(folder, 'dist', NAME, 'server/server.mjs');
