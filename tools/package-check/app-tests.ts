import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runProgram } from '../gate/run-command';
import { browserBase } from '../jest/base';
import { root } from '../workspace';
import { mustPass } from './must-pass';

/**
 * Runs all tests of an app, those of `ng new` as well, against the package that the app has. With Jest, which this workspace has; with the
 * Vitest of the app in `npm run test:full`.
 */
export async function runAppTests(folder: string): Promise<void> {
  const built = resolve(folder, 'node_modules/ngx-cognito-session/fesm2022');
  const config = {
    ...browserBase,
    roots: [resolve(folder, 'src')],
    setupFilesAfterEnv: [resolve(root, 'tools/compat/template/setup-jest.ts')],
    moduleNameMapper: {
      '^ngx-cognito-session$': `${built}/ngx-cognito-session.mjs`,
      '^ngx-cognito-session/(.*)$': `${built}/ngx-cognito-session-$1.mjs`,
    },
  };
  const path = resolve(folder, 'jest.config.json');
  writeFileSync(path, JSON.stringify(config));
  const jest = resolve(root, 'node_modules/jest/bin/jest.js');
  await mustPass('jest', runProgram(process.execPath, [jest, '--config', path, '--ci', '--maxWorkers=1']));
}
