import type { Config } from 'jest';

/** Logic under zoneless Angular, the zone.js cases, and Node programs (emulator, tools). */
const config: Config = {
  // The gate runs other steps beside the tests: a busy machine must not look like a hanging test.
  testTimeout: 20_000,
  projects: [
    '<rootDir>/tools/jest/zoneless.config.ts',
    '<rootDir>/tools/jest/zone.config.ts',
    '<rootDir>/tools/jest/node.config.ts',
  ],
};

export default config;
