import type { Config } from 'jest';
import { browserBase } from './base';
import { specOptions } from './spec-files';

const config: Config = {
  ...browserBase,
  ...specOptions('zone.js'),
  displayName: 'zone.js',
  setupFilesAfterEnv: ['<rootDir>/tools/jest/setup-zone.ts'],
};

export default config;
