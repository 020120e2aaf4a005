import { defineConfig } from '@playwright/test';
import { resolve } from 'node:path';

const DEFAULT_CHROMIUM = '/usr/bin/chromium';

/** The production build of the demo in real Chromium; every test brings its own servers (`support/test.ts`). */
export default defineConfig({
  testDir: '.',
  outputDir: resolve(__dirname, '../../reports/e2e'),
  // Without a terminal what failed is all that is wanted, at the end.
  reporter: process.stdout.isTTY ? 'line' : 'dot',
  fullyParallel: true,
  workers: 2,
  // No test waits for as long as that: what is slow is a machine that does other things as well.
  timeout: 60_000,
  expect: { timeout: 20_000 },
  use: {
    browserName: 'chromium',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env['CHROMIUM_PATH'] ?? DEFAULT_CHROMIUM,
      args: [
        '--no-sandbox',
        // Nothing but what a test asks for: no updates, no field trials, no look-ups of the browser's own.
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-domain-reliability',
        '--disable-sync',
        '--no-first-run',
        '--no-pings',
      ],
    },
  },
});
