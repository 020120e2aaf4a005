import type { Config } from 'jest';
import { base } from './base';

const config: Config = {
  ...base,
  displayName: 'node',
  roots: ['<rootDir>/projects', '<rootDir>/tools'],
  testEnvironment: 'node',
  testMatch: [
    '<rootDir>/projects/cognito-emulator/**/*.spec.ts',
    '<rootDir>/tools/**/*.spec.ts',
    '**/*.node.spec.ts',
  ],
  // Fixtures are lint's input and the templates are somebody else's apps; neither is a test of ours.
  testPathIgnorePatterns: [
    '/node_modules/',
    '/tools/lint-fixtures/',
    '/tools/(package-check|compat)/template/',
  ],
};

export default config;
