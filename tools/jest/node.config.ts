import type { Config } from 'jest';
import { base } from './base';
import { specOptions } from './spec-files';

const config: Config = {
  ...base,
  ...specOptions('node'),
  displayName: 'node',
  testEnvironment: 'node',
  moduleNameMapper: {
    ...base.moduleNameMapper,
    // The collection of the schematics names the file that the build makes of them.
    '/ngx-cognito-session/schematics/index\\.cjs$':
      '<rootDir>/projects/ngx-cognito-session/schematics/index.ts',
    '^ora$': '<rootDir>/tools/jest/ora.cjs',
  },
};

export default config;
