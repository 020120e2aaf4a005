import type { Browser, BrowserContext, LaunchOptions, Page } from 'puppeteer-core';

/** Puppeteer has limits of its own; what stops a test that hangs is Playwright's. */
export const NO_LIMITS = { timeout: 0, protocolTimeout: 0 } satisfies LaunchOptions;

export async function openPage(where: Browser | BrowserContext): Promise<Page> {
  const page = await where.newPage();
  page.setDefaultTimeout(0);
  return page;
}
