// @ts-check
import { resolve } from 'node:path';
import process from 'node:process';
import rooms from './rooms.cjs';

/** All specs of the room as one file, and the first failing test ends the run. */
const asOneFile = {
  testMatch: ['<rootDir>/tools/mutation/whole-room.spec.js'],
  // Nothing in the room waits for real time; a mutant that makes a test hang is found after this.
  testTimeout: 8_000,
};

/** What a room's specs need of Jest beside the set-up of their project. */
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
  'aws-credentials': {},
  lifecycle: {
    ...asOneFile,
    testEnvironment: resolve('tools/mutation/first-failure-in-page.cjs'),
    roots: ['<rootDir>/projects/ngx-cognito-session', '<rootDir>/tools/mutation'],
  },
};

const needsOfServer = {
  ...asOneFile,
  testEnvironment: resolve('tools/mutation/first-failure-in-node.cjs'),
  roots: ['<rootDir>/projects', '<rootDir>/tools/mutation'],
};

const room = /** @type {keyof typeof rooms} */ (process.env['MUTATION_ROOM']);
const { specs, mutated } = rooms[room];
const isOfServer = room.startsWith('server-');
const own = isOfServer ? needsOfServer : needs[/** @type {keyof typeof needs} */ (room)];
const report = `reports/mutation/${room}`;

/** One room, judged by its own specs. @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: mutated.flatMap((folder) => [`${folder}/**/*.ts`, `!${folder}/**/*.spec.ts`]),
  testRunner: 'jest',
  jest: {
    projectType: 'custom',
    configFile: isOfServer ? 'tools/jest/node.config.ts' : 'tools/jest/zoneless.config.ts',
    enableFindRelatedTests: !('testMatch' in own),
    config: {
      // The project finds its specs by a pattern that would count as well.
      testRegex: [],
      testMatch: [`<rootDir>/${specs}/**/*.spec.ts`],
      // A busy machine must look neither like a failing test nor like a killed mutant.
      testTimeout: 20_000,
      ...own,
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
  ignorePatterns: ['/dist', '/reports', '/coverage', '/out-tsc', '/.angular', '/projects/docs'],
};
