import { everyDay } from '../support/every-day';
import { builtPage } from '../support/built-page';
import { expect, test } from '../support/test';
import { signInOn } from './stored-session';

for (const storage of ['withLocalStorage', 'withIndexedDb', 'withSessionStorage'])
  test(
    `the user stays signed out after a page that signs out and is left before it has read the session (${storage})`,
    everyDay(storage === 'withIndexedDb'),
    async ({ page }) => {
      const address = `${await builtPage(page, 'compiler', 'starting')}?storage=${storage}`;
      const status = page.getByRole('status');
      await signInOn(page, address);

      await page.goto(`${address}&signOut`, { waitUntil: 'commit' });
      await page.waitForURL('about:blank');

      await page.goto(address);
      await expect(status).toHaveText('signedOut');
      await expect.poll(() => page.evaluate(() => localStorage.getItem('revoked'))).toBe('yes');
      await page.reload();
      await expect(status).toHaveText('signedOut');
    },
  );
