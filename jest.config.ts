/**
 * The compiler checks these files in lint.
 *
 * @jest-config-loader-options {"transpileOnly": true, "ignoreDiagnostics": [5095]}
 */
import type { Config } from 'jest';
import { testTimeout } from './tools/jest/base';

/** Logic under zoneless Angular, the zone.js cases, and Node programs (emulator, tools). */
const config: Config = {
  testTimeout,
  projects: [
    '<rootDir>/tools/jest/zoneless.config.ts',
    '<rootDir>/tools/jest/zone.config.ts',
    '<rootDir>/tools/jest/node.config.ts',
  ],
};

export default config;
