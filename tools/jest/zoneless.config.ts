/**
 * The compiler checks these files in lint.
 *
 * @jest-config-loader-options {"transpileOnly": true, "ignoreDiagnostics": [5095]}
 */
import type { Config } from 'jest';
import { browserBase } from './base';
import { specOptions } from './spec-files';

const config: Config = {
  ...browserBase,
  ...specOptions('zoneless'),
  displayName: 'zoneless',
  setupFilesAfterEnv: ['<rootDir>/tools/jest/setup-zoneless.ts'],
};

export default config;
