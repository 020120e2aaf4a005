import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { runProgram, type CommandResult } from '../gate/run-command';
import { root } from '../workspace';
import type { ExtractedFile } from './extract-files';
import { mustPass } from './must-pass';
import { packLibrary } from './pack-library';

/** Makes an app outside of the workspace, where nothing but the package can satisfy an import of the library. */
export async function makeFreshApp(folder: string, files: readonly ExtractedFile[]): Promise<void> {
  cpSync(resolve(root, 'tools/package-check/template'), folder, { recursive: true });
  for (const { path, content } of files) {
    const target = resolve(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  await installInApp(folder, [`./${await packLibrary(folder)}`]);
}

/** Adds packages to the app. */
export async function installInApp(folder: string, packages: readonly string[]): Promise<void> {
  const options = ['install', '--prefer-offline', '--no-audit', '--no-fund', ...packages];
  await mustPass('npm install', runProgram('npm', options, { cwd: folder }));
}

const runInApp = (folder: string, script: string, ...args: string[]): Promise<CommandResult> =>
  runProgram(process.execPath, [resolve(folder, 'node_modules', script), ...args], { cwd: folder });

/** A production build of the app as it is. */
export const buildApp = (folder: string): Promise<CommandResult> =>
  runInApp(folder, '@angular/cli/bin/ng.js', 'build');

/** Where a build leaves the pages. */
export const pagesOf = (folder: string): string => resolve(folder, 'dist/quick-start/browser');

/** Compiles it the way its developer would, and the library's types without `skipLibCheck`. Answers with the pages. */
export async function buildFreshApp(folder: string): Promise<string> {
  await mustPass('ng build', buildApp(folder));
  await mustPass('tsc', runInApp(folder, 'typescript/bin/tsc', '--noEmit', '--project', 'tsconfig.app.json'));
  return pagesOf(folder);
}
