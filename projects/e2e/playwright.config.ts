import { defineConfig } from '@playwright/test';
import { resolve } from 'node:path';
import { CHROMIUM_ARGUMENTS, CHROMIUM_PATH } from './support/chromium';

/** Marks what takes minutes; `npm run test:full` sets the variable and runs it as a step of its own. */
const LONG = /@long/;
/** Pages without anything to see, many at a time. */
const MANY_PAGES = /e2e\/(tabs|lifecycle)\/[^/]+\.spec\.ts$/;

const isLong = process.env['E2E_LONG'] !== undefined;

/**
 * The production build of the demo in real Chromium, and the built library in many pages; every test brings its own
 * servers (`support/test.ts`, `tabs/support/tabs-world.ts`).
 */
export default defineConfig({
  testDir: '.',
  outputDir: resolve(__dirname, '../../reports/e2e'),
  // Without a terminal what failed is all that is wanted, at the end.
  reporter: process.stdout.isTTY ? 'line' : 'dot',
  fullyParallel: true,
  workers: 3,
  ...(isLong ? { grep: LONG } : { grepInvert: LONG }),
  // No test waits for as long as that: what is slow is a machine that does other things as well.
  timeout: isLong ? 300_000 : 60_000,
  expect: { timeout: 20_000 },
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: CHROMIUM_PATH, args: [...CHROMIUM_ARGUMENTS] },
  },
  projects: [
    { name: 'demo', testIgnore: MANY_PAGES, workers: 2, use: { trace: 'retain-on-failure' } },
    // They wait more than they work. A trace of every page would take as long as the tests.
    { name: 'tabs', testMatch: MANY_PAGES, use: { trace: 'off' } },
  ],
});
