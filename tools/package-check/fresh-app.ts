import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { runProgram } from '../gate/run-command';
import { readPublishedManifest } from '../published-package';
import { root } from '../workspace';
import type { ExtractedFile } from './extract-files';
import { mustPass } from './must-pass';
import { packLibrary, unpackLibrary } from './pack-library';

interface AppManifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/**
 * Gives an app the packages that its manifest names, as links into the workspace, which has them in the same versions.
 * Copies would be tens of thousands of files; the apps of `npm run test:compat` get theirs from npm.
 */
function linkPackages(folder: string): void {
  const manifest = JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8')) as AppManifest;
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })) {
    const link = resolve(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(resolve(root, 'node_modules', name), link, 'junction');
  }
}

/** Makes an app outside of the workspace, where nothing but the package can satisfy an import of the library. */
export async function makeFreshApp(folder: string, files: readonly ExtractedFile[]): Promise<void> {
  cpSync(resolve(root, 'tools/package-check/template'), folder, { recursive: true });
  for (const { path, content } of files) {
    const target = resolve(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  linkPackages(folder);
  await unpackLibrary(folder, await packLibrary(folder), readPublishedManifest().name);
}

/**
 * Compiles it for production the way its developer would. That checks the library's types as well: the app does not skip
 * them. Answers with the pages.
 */
export async function buildFreshApp(folder: string): Promise<string> {
  const ng = resolve(folder, 'node_modules/@angular/cli/bin/ng.js');
  await mustPass('ng build', runProgram(process.execPath, [ng, 'build'], { cwd: folder }));
  return resolve(folder, 'dist/quick-start/browser');
}
