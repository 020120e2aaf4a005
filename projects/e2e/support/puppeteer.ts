import type { Fixtures } from '@playwright/test';
import { launch, type Browser, type BrowserContext, type LaunchOptions, type Page } from 'puppeteer-core';
import { CHROMIUM_ARGUMENTS, CHROMIUM_PATH } from './chromium';
import { leaks } from './leaks/watched-test';

/** Puppeteer has limits of its own; what stops a test that hangs is Playwright's. */
export const NO_LIMITS = { timeout: 0, protocolTimeout: 0 } satisfies LaunchOptions;

export async function openPage(where: Browser | BrowserContext): Promise<Page> {
  const page = await where.newPage();
  page.setDefaultTimeout(0);
  page.on('console', (message) => leaks.see('the console', message.text()));
  page.on('pageerror', (error) => leaks.see('an uncaught error', String(error)));
  page.on('framenavigated', (frame) => leaks.see('the address of a page', frame.url()));
  page.on('request', (request) => leaks.see('the URL of a request', request.url()));
  return page;
}

/** Fixtures: a Chromium that Playwright does not drive, one for each worker, and a profile of its own for each test. */
export function puppeteerFixtures({ args = [], ...options }: LaunchOptions = {}): Fixtures<
  { profile: BrowserContext },
  { chromium: Browser }
> {
  return {
    chromium: [
      // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern.
      async ({}, use) => {
        const browser = await launch({
          executablePath: CHROMIUM_PATH,
          args: [...CHROMIUM_ARGUMENTS, ...args],
          ...NO_LIMITS,
          ...options,
        });
        await use(browser);
        await browser.close();
      },
      { scope: 'worker' },
    ],
    profile: async ({ chromium }, use) => {
      const profile = await chromium.createBrowserContext();
      await use(profile);
      await profile.close();
    },
  };
}
