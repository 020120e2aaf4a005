import { defineConfig } from '@playwright/test';
import { resolve } from 'node:path';
import { CHROMIUM_ARGUMENTS, CHROMIUM_PATH } from './support/chromium';

/** Marks what takes minutes; `npm run test:full` sets the variable and runs that instead of the rest. */
const LONG = /@long/;
const isLong = process.env['E2E_LONG'] !== undefined;

/** The production build of the demo in real Chromium; every test brings its own servers (`support/test.ts`). */
export default defineConfig({
  testDir: '.',
  outputDir: resolve(__dirname, '../../reports/e2e'),
  // Without a terminal what failed is all that is wanted, at the end.
  reporter: process.stdout.isTTY ? 'line' : 'dot',
  fullyParallel: true,
  workers: 2,
  ...(isLong ? { grep: LONG } : { grepInvert: LONG }),
  // No test waits for as long as that: what is slow is a machine that does other things as well.
  timeout: isLong ? 300_000 : 60_000,
  expect: { timeout: 20_000 },
  use: {
    browserName: 'chromium',
    trace: 'retain-on-failure',
    launchOptions: { executablePath: CHROMIUM_PATH, args: [...CHROMIUM_ARGUMENTS] },
  },
});
