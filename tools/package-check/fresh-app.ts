import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { runProgram, type CommandResult } from '../gate/run-command';
import { root } from '../workspace';
import type { ExtractedFile } from './extract-files';

const timeoutMs = 3 * 60_000;

async function mustPass(what: string, run: Promise<CommandResult>): Promise<string> {
  const { ok, output } = await run;
  if (!ok) throw new Error(`${what} failed:\n${output}`);
  return output;
}

/** The tarball that would be published. */
async function packLibrary(folder: string): Promise<string> {
  const library = resolve(root, 'dist/ngx-cognito-session');
  await mustPass(
    'npm pack',
    runProgram('npm', ['pack', library, '--pack-destination', folder], { timeoutMs }),
  );
  const [tarball, ...others] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  if (tarball === undefined || others.length > 0) throw new Error('npm pack left no single tarball.');
  return tarball;
}

/** Makes an app outside of the workspace, where nothing but the package can satisfy an import of the library. */
export async function makeFreshApp(folder: string, files: readonly ExtractedFile[]): Promise<void> {
  cpSync(resolve(root, 'tools/package-check/template'), folder, { recursive: true });
  for (const { path, content } of files) {
    const target = resolve(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  const tarball = await packLibrary(folder);
  const install = ['install', '--prefer-offline', '--no-audit', '--no-fund', `./${tarball}`];
  await mustPass('npm install', runProgram('npm', install, { timeoutMs, cwd: folder }));
}

/** Compiles it the way its developer would, and the library's types without `skipLibCheck`. Answers with the pages. */
export async function buildFreshApp(folder: string): Promise<string> {
  const node = (script: string, ...args: string[]) =>
    runProgram(process.execPath, [resolve(folder, 'node_modules', script), ...args], {
      timeoutMs,
      cwd: folder,
    });
  await mustPass('ng build', node('@angular/cli/bin/ng.js', 'build'));
  await mustPass('tsc', node('typescript/bin/tsc', '--noEmit', '--project', 'tsconfig.app.json'));
  return resolve(folder, 'dist/quick-start/browser');
}
