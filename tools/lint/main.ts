import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../workspace';

/** Runs a tool of node_modules in the terminal of the caller and says whether it was content. */
function passes(script: string, args: readonly string[]): boolean {
  const { status } = spawnSync(process.execPath, [resolve(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  return status === 0;
}

// The demo imports the library by its package name; without its types every use of it would be an unsafe one.
const isBuilt = existsSync(resolve(root, 'dist/ngx-cognito-session/package.json'));
const library = isBuilt || passes('@angular/cli/bin/ng.js', ['build', 'ngx-cognito-session']);
const code = passes('eslint/bin/eslint.js', [
  '--config',
  'tools/eslint.config.mjs',
  '--max-warnings',
  '0',
  '.',
]);
const imports = passes('dependency-cruiser/bin/dependency-cruise.mjs', [
  ...['--config', 'tools/dependency-cruiser.mjs', 'projects', 'tools'],
]);

process.exitCode = library && code && imports ? 0 : 1;
