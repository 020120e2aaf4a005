import type { Config } from 'jest';
import { browserBase } from './base';

const config: Config = {
  ...browserBase,
  displayName: 'zoneless',
  roots: ['<rootDir>/projects/ngx-cognito-session', '<rootDir>/projects/demo'],
  setupFilesAfterEnv: ['<rootDir>/tools/jest/setup-zoneless.ts'],
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '\\.zone\\.spec\\.ts$', '\\.node\\.spec\\.ts$'],
};

export default config;
