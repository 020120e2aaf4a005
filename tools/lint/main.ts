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

/** dependency-cruiser's verdict, in the terminal of the caller. A process of its own, so that it runs beside the rest. */
async function importsAreAllowed(): Promise<boolean> {
  const script = resolve(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = ['--config', 'tools/dependency-cruiser.mjs', 'projects', 'tools'];
  const cruise = spawn(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
  const [status] = (await once(cruise, 'close')) as [number | null];
  return status === 0;
}

async function main(): Promise<void> {
  const imports = importsAreAllowed();
  const { program, complaints } = checkTypes();
  const findings =
    complaints +
    (await complainByEslint(program)) +
    complainOfLinks(root, ['projects', 'skills'], 'projects/docs');
  if (findings !== '') console.error(findings);
  const isClean = (await imports) && findings === '';
  process.exitCode = isClean ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
