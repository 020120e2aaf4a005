import { test as base, expect } from '@playwright/test';
import { LeakWatch } from './leak-watch';

/** One per worker, which runs one test at a time. Servers of a test are announced to it where they start. */
export const leaks = new LeakWatch();

for (const stream of [process.stdout, process.stderr]) {
  const write = stream.write.bind(stream);
  stream.write = (chunk: Uint8Array | string, ...more: []) => {
    leaks.see('the output of the servers', String(chunk));
    return write(chunk, ...more);
  };
}

/** What all tests build on: a test fails if a token was seen where none belongs. */
export const test = base.extend<{ noLeaks: undefined }>({
  browser: [
    async ({ browser }, use) => {
      browser.on('context', (context) => leaks.context(context));
      await use(browser);
    },
    { scope: 'worker' },
  ],

  noLeaks: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern.
    async ({}, use) => {
      await use(undefined);
      const found = await leaks.take();
      // Not before the test: a server of it may have been announced already.
      leaks.forget();
      expect(found, 'tokens where none belongs').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
