import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { chosenPool } from './aws/chosen-pool';
import { LEFT_OUT } from './aws/left-out';
import { CHROMIUM_ARGUMENTS, CHROMIUM_PATH } from './support/chromium';

/** Marks what takes minutes or repeats a unit test; `npm run test:full` sets the variable and runs it as a step of its own. */
const LONG = /@long/;

const isLong = process.env['E2E_LONG'] !== undefined;

/** One user for all tests, in a user pool that is there: one test after the other, the long ones among them. */
const ofUserPool: PlaywrightTestConfig = {
  testIgnore: [
    '**/*.node.spec.ts',
    '**/plain-app/**',
    ...Object.keys(LEFT_OUT).map((start) => `${__dirname}/${start}**`),
  ],
  reporter: [['list'], ['./aws/left-out-reporter.ts']],
  fullyParallel: false,
  workers: 1,
  grep: /./,
  grepInvert: [],
};

/**
 * Production builds in real Chromium: `plain-app` is the page of most tests, `demo` that of those in the folder of this name. Every test
 * brings its own servers (`support/test.ts`, `tabs/support/tabs-world.ts`).
 */
export default defineConfig({
  testDir: '.',
  // The unit tests of the page belong to Jest.
  testIgnore: ['**/*.node.spec.ts', '**/plain-app/**'],
  globalSetup: './support/compile-pages.ts',
  outputDir: resolve(__dirname, '../../reports/e2e'),
  // Without a terminal what failed is all that is wanted, at the end.
  reporter: process.stdout.isTTY ? 'line' : 'dot',
  fullyParallel: true,
  workers: availableParallelism(),
  ...(isLong ? { grep: LONG } : { grepInvert: LONG }),
  // Both only stop what hangs: no test waits for as long as that, on any machine.
  timeout: isLong ? 1_800_000 : 600_000,
  expect: { timeout: 120_000 },
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: CHROMIUM_PATH, args: [...CHROMIUM_ARGUMENTS] },
    // A bar that moves without end takes a tenth of the machine.
    contextOptions: { reducedMotion: 'reduce' },
    // A trace of every page takes as long as the tests: `--trace on` where one is wanted.
    trace: 'off',
  },
  ...(chosenPool(process.env) === null ? {} : ofUserPool),
});
