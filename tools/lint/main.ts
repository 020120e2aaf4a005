import { ESLint } from 'eslint';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { Program } from 'typescript';
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

/** dependency-cruiser's verdict, in the terminal of the caller. */
function importsAreAllowed(): boolean {
  const script = resolve(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = ['--config', 'tools/dependency-cruiser.mjs', 'projects', 'tools'];
  return spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' }).status === 0;
}

async function main(): Promise<void> {
  const { program, complaints } = checkTypes();
  const findings = await complainByEslint(program);
  if (complaints + findings !== '') console.error(complaints + findings);
  const isClean = importsAreAllowed() && complaints + findings === '';
  process.exitCode = isClean ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
