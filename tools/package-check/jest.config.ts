/**
 * The compiler checks these files in lint.
 *
 * @jest-config-loader-options {"transpileOnly": true, "ignoreDiagnostics": [5095]}
 */
import type { Config } from 'jest';
import { resolve } from 'node:path';
import { browserBase, testTimeout } from '../jest/base';

const root = resolve('.');
const built = '<rootDir>/dist/ngx-cognito-session/fesm2022';

/** The tests that users of the library write, and those that its documentation shows them, against the package as it was built. */
const usersTests = (displayName: string, setUp: string): Config => ({
  ...browserBase,
  displayName,
  roots: ['<rootDir>/tools/compat/template/src', '<rootDir>/out-tsc/recipes'],
  testMatch: ['**/testing.spec.ts', '**/recipes/*.spec.ts'],
  setupFilesAfterEnv: [resolve(root, `tools/compat/template/${setUp}`)],
  moduleNameMapper: {
    '^ngx-cognito-session$': `${built}/ngx-cognito-session.mjs`,
    '^ngx-cognito-session/(.*)$': `${built}/ngx-cognito-session-$1.mjs`,
  },
});

const config: Config = {
  testTimeout,
  projects: [usersTests('package', 'setup-jest.ts'), usersTests('package, zone.js', 'setup-jest-zone.ts')],
};

export default config;
