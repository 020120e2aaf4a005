import type { Page } from '@playwright/test';
import { expect, test } from './demo-test';

const REFRESH = 'GetTokensFromRefreshToken';

/** Presses the button that opens a tab, and waits until this tab sees it. */
async function openTab(page: Page, button: string): Promise<Page> {
  const opened = page.context().waitForEvent('page');
  await page.getByRole('button', { name: button }).click();
  const tab = await opened;
  await tab.getByRole('button', { name: 'Signed in as alice' }).waitFor();
  return tab;
}

test.describe('tabs', { tag: '@long' }, () => {
  test.beforeEach(async ({ page, signInAs }) => {
    await signInAs('alice');
    await page.goto('/tabs');
  });

  test('two tabs that refresh at once call Cognito once', async ({ page, emulator }) => {
    await openTab(page, 'Open a tab');
    await expect(page.getByTestId('open')).toHaveText('2');

    await page.getByRole('button', { name: 'Refresh in all tabs at once' }).click();

    await expect(page.getByTestId('refreshes')).toHaveText('1');
    await expect(page.getByTestId('calls')).toHaveText('1');
    await expect(page.getByRole('status', { name: 'Tabs' })).toContainText('All tabs have them.');
    expect(emulator.log.count(REFRESH)).toBe(1);
  });

  test('a tab that crashes in the middle of a refresh takes no user along', async ({ page, emulator }) => {
    const second = await openTab(page, 'Open a tab');
    await page.getByRole('button', { name: 'Crash tab 2' }).click();
    await second.waitForEvent('close');

    await expect(page.getByTestId('open')).toHaveText('1');
    await expect(page.getByTestId('refreshes')).toHaveText('1');
    await expect(page.getByRole('status', { name: 'Tabs' })).toContainText(
      'Another tab saw that its lock is free and repeated the call',
    );
    await expect(page.getByRole('button', { name: 'Signed in as alice' })).toBeVisible();
    expect(emulator.log.count(REFRESH)).toBe(2);
    expect(
      emulator.liveRefreshTokens({ username: 'alice' }).filter(({ state }) => state === 'current'),
    ).toHaveLength(1);
  });

  test('a duplicate is a tab of its own, and a sign-out everywhere ends both', async ({ page, emulator }) => {
    const second = await openTab(page, 'Duplicate this tab');
    await expect(second.getByRole('heading', { level: 2, name: 'Tab 2' })).toBeVisible();
    await page.getByRole('main').getByRole('button', { name: 'Sign out…' }).click();
    await page.getByRole('radio', { name: 'Everywhere' }).check();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();

    for (const tab of [page, second])
      await expect(tab.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible();
    expect(emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
  });
});
