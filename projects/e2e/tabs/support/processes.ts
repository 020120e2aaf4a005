import type { Browser, Page } from '@playwright/test';

/**
 * What tells renderer processes apart: every page of a process runs in the same isolate, and no two isolates have the same
 * id.
 */
export async function isolateOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const { id } = await session.send('Runtime.getIsolateId');
  await session.detach();
  return id;
}

/** How many renderer processes the browser has. */
export async function countRenderers(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').length;
}
