// @ts-check
import { resolve } from 'node:path';
import process from 'node:process';

/** What a room's specs need of Jest beside the set-up of the zoneless project. */
const needs = {
  core: {
    // Pure: without a page and without Angular a spec starts three times as fast.
    testEnvironment: 'node',
    setupFilesAfterEnv: [],
    // Every spec builds its sessions with core: a mutant must fail the spec that is about it, not stop all from loading,
    // which would count as an error instead of a kill.
    dependencyExtractor: resolve('tools/mutation/own-spec.cjs'),
  },
  state: {},
  lifecycle: {
    testEnvironment: resolve('tools/mutation/first-failure.cjs'),
    testMatch: ['<rootDir>/tools/mutation/whole-room.spec.js'],
    // Nothing in the room waits for real time; a mutant that makes a test hang is found after this.
    testTimeout: 8_000,
    roots: ['<rootDir>/projects/ngx-cognito-session', '<rootDir>/tools/mutation'],
  },
};

const room = /** @type {keyof typeof needs} */ (process.env['MUTATION_ROOM']);
const files = `projects/ngx-cognito-session/src/lib/${room}/**`;
const report = `reports/mutation/${room}`;

/** One room, judged by its own specs. @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: [`${files}/*.ts`, `!${files}/*.spec.ts`],
  testRunner: 'jest',
  jest: {
    projectType: 'custom',
    configFile: 'tools/jest/zoneless.config.ts',
    enableFindRelatedTests: room !== 'lifecycle',
    config: {
      // The project finds its specs by a pattern that would count as well.
      testRegex: [],
      testMatch: [`<rootDir>/${files}/*.spec.ts`],
      // A busy machine must look neither like a failing test nor like a killed mutant.
      testTimeout: 20_000,
      ...needs[room],
    },
  },
  coverageAnalysis: 'perTest',
  thresholds: { high: 95, low: 90, break: 90 },
  reporters: ['progress', 'clear-text', 'html', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: `${report}.html` },
  jsonReporter: { fileName: `${report}.json` },
  incrementalFile: `${report}.incremental.json`,
  tempDirName: '.stryker-tmp',
  ignorePatterns: ['/dist', '/reports', '/coverage', '/out-tsc', '/.angular', '/docs'],
};
