import type { Config } from 'jest';
import { base } from './base';
import { specOptions } from './spec-files';

const config: Config = {
  ...base,
  ...specOptions('node'),
  displayName: 'node',
  testEnvironment: 'node',
};

export default config;
