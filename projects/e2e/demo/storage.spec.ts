import type { Page } from '@playwright/test';
import { issuedTokens } from '../support/issued-tokens';
import { expect, test } from './demo-test';

async function choose(page: Page, name: string): Promise<void> {
  await page.goto('/storage');
  await page.getByRole('radio', { name }).check();
  await page.getByRole('button', { name: 'Use it and reload' }).click();
  await expect(page.getByRole('button', { name: 'Use it and reload' })).toBeDisabled();
}

const isSignedIn = (page: Page) =>
  expect(page.getByRole('button', { name: 'Signed in as alice' })).toBeVisible();
const isSignedOut = (page: Page) =>
  expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible();

test.describe('storage', { tag: '@long' }, () => {
  for (const [name, place, afterReload, inNewTab] of [
    ['withLocalStorage()', 'localStorage', isSignedIn, isSignedIn],
    ['withIndexedDb()', 'IndexedDB', isSignedIn, isSignedIn],
    ['withCookieStorage()', 'Cookies', isSignedIn, isSignedIn],
    ['withSessionStorage()', 'sessionStorage', isSignedIn, isSignedOut],
    ['withSharedMemory()', 'IndexedDB', isSignedOut, isSignedOut],
    ['MemoryStorage', null, isSignedOut, isSignedOut],
  ] as const)
    test(`${name} keeps the session as the panel says`, async ({ page, context, emulator, signInAs }) => {
      if (name !== 'withLocalStorage()') await choose(page, name);
      await page.goto('/sign-in');
      await signInAs('alice');
      await page.getByRole('navigation').getByRole('link', { name: 'Storage' }).click();
      const stored = page.getByRole('list', { name: 'Stored items' });

      // The overview's AWS credentials keep the ID of the identity.
      const sessions = stored.locator('summary code').filter({ hasNotText: /^item:aws-identity:/ });
      if (place === null) await expect(sessions).toHaveCount(0);
      else await expect(stored).toContainText(place);
      for (const token of issuedTokens(emulator)) expect(await page.content()).not.toContain(token);
      await page.reload();
      await afterReload(page);
      const other = await context.newPage();
      await other.goto('/storage');
      await inNewTab(other);
      await expect(other.getByRole('radio', { name })).toBeChecked();
    });

  /** What the panel says of a storage, by the name of the row. */
  const promised = (page: Page, name: string, row: string) =>
    page
      .locator('.choice')
      .filter({ hasText: name })
      .locator('dt', { hasText: row })
      .locator('xpath=following-sibling::dd[1]');

  test('withSharedMemory() signs in every tab, and a reload while another tab is open', async ({
    page,
    context,
    signInAs,
  }) => {
    await choose(page, 'withSharedMemory()');
    await expect(promised(page, 'withSharedMemory()', 'New tab')).toHaveText('signed in');
    await expect(promised(page, 'withSharedMemory()', 'Reload')).toHaveText(
      'signed in, if another tab is open',
    );
    await page.goto('/sign-in');
    await signInAs('alice');

    const other = await context.newPage();
    await other.goto('/storage');
    await isSignedIn(other);
    await page.reload();

    await isSignedIn(page);
  });

  test('withSessionStorage() signs in duplicates only', async ({ page, context, signInAs }) => {
    await choose(page, 'withSessionStorage()');
    await expect(promised(page, 'withSessionStorage()', 'New tab')).toHaveText('in duplicates only');
    await page.goto('/sign-in');
    await signInAs('alice');
    await page.goto('/tabs');

    const opened = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Duplicate this tab' }).click();
    await isSignedIn(await opened);

    const other = await context.newPage();
    await other.goto('/tabs');
    await isSignedOut(other);
  });
});
