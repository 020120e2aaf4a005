import type { Page } from '@playwright/test';
import type { Tab } from './tab';

/** The renderer process dies, with all that the page holds. */
export async function crash({ page }: Tab<Page>): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  // The page is gone and does not answer.
  void session.send('Page.crash').catch(() => undefined);
  await crashed;
}
