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
});
