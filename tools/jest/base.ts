import type { Config } from 'jest';
import { resolve } from 'node:path';

const root = resolve('.');

/** Only a test that hangs takes that long, however busy the machine is. */
export const testTimeout = 1_800_000;

/** What every project shares: sources instead of builds, one compiler configuration, packages as they ship (ESM only). */
export const base: Config = {
  rootDir: root,
  preset: 'jest-preset-angular',
  moduleNameMapper: {
    '^ngx-cognito-session$': '<rootDir>/projects/ngx-cognito-session/src/public-api.ts',
    '^ngx-cognito-session/(.+)$': '<rootDir>/projects/ngx-cognito-session/$1/src/public-api.ts',
    '^cognito-emulator$': '<rootDir>/projects/cognito-emulator/src/index.ts',
    '^cognito-emulator/([^/]+)$': '<rootDir>/projects/cognito-emulator/$1/index.ts',
    '^local-services$': '<rootDir>/projects/local-services/src/index.ts',
    '^cognito-server-session$': '<rootDir>/projects/cognito-server-session/src/index.ts',
    '^cognito-server-session/([^/]+)$': '<rootDir>/projects/cognito-server-session/$1/index.ts',
  },
  transform: {
    '^.+\\.(ts|js|mjs|html|svg)$': [
      resolve(root, 'tools/jest/transformer.cjs'),
      {
        tsconfig: resolve(root, 'tools/jest/tsconfig.spec.json'),
        stringifyContentPathRegex: '\\.(html|svg)$',
      },
    ],
  },
  transformIgnorePatterns: ['node_modules/(?!(.*\\.mjs$|(jose|marked|oauth4webapi)/))'],
};

/** jsdom with the Node build of the AWS SDK: its browser build is ESM only. */
export const browserBase: Config = {
  ...base,
  testEnvironment: resolve(root, 'tools/jest/browser-environment.cjs'),
  testEnvironmentOptions: { customExportConditions: ['node', 'node-addons'] },
};
