import type { Page } from '@playwright/test';
import { expect, test } from './support/test';

const RENEWAL = 'GetTokensFromRefreshToken';
const MINUTE_MS = 60_000;

const expiry = (tab: Page) => tab.locator('dt:text-is("Tokens expire") + dd');

/** The access token that a tab uses. */
async function usedToken(
  tab: Page,
  nextRequest: () => Promise<{ accessToken: string | null }>,
): Promise<string | null> {
  const request = nextRequest();
  await tab.getByRole('link', { name: 'API call' }).click();
  await tab.getByRole('button', { name: 'Call the API' }).click();
  return (await request).accessToken;
}

test(
  'two tabs that are due at the same moment renew once per expiry, and hold the same tokens',
  { tag: '@long' },
  async ({ page, context, demo, emulator, api, passTime }) => {
    // One clock for all pages of the browser.
    await page.clock.install();
    await demo.signIn();
    const other = await context.newPage();
    await other.goto('/');
    await expect(expiry(other)).toHaveText(await expiry(page).innerText());

    for (let expiries = 1; expiries <= 3; expiries++) {
      const before = await expiry(page).innerText();
      await passTime(59 * MINUTE_MS);
      for (const tab of [page, other]) await expect(expiry(tab)).not.toHaveText(before);
      await expect(expiry(other)).toHaveText(await expiry(page).innerText());
    }

    expect(emulator.log.calls(RENEWAL).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect([...emulator.log.fetchesPerRefreshToken(RENEWAL).values()]).toEqual([1, 1, 1]);
    const newest = emulator.log.last(RENEWAL)?.tokensOut.access;
    for (const tab of [page, other]) expect(await usedToken(tab, () => api.nextRequest())).toBe(newest);
  },
);
