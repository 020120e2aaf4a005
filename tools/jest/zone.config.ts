import type { Config } from 'jest';
import { browserBase } from './base';

const config: Config = {
  ...browserBase,
  displayName: 'zone.js',
  roots: ['<rootDir>/projects/ngx-cognito-session', '<rootDir>/projects/demo'],
  setupFilesAfterEnv: ['<rootDir>/tools/jest/setup-zone.ts'],
  testMatch: ['**/*.zone.spec.ts'],
};

export default config;
