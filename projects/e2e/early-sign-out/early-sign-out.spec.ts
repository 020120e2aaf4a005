import '@angular/compiler';
import type { SessionService } from 'ngx-cognito-session';
import { createTestTokens } from 'ngx-cognito-session/testing';
import { builtPage } from '../support/built-page';
import { everyDay } from '../support/every-day';
import { expect, test } from '../support/test';

declare global {
  var session: SessionService;
}

const ENGINE = '**/*create-engine*';

for (const storage of ['withLocalStorage', 'withIndexedDb', 'withSessionStorage'])
  test(
    `nobody is signed in after a page that signs out and leaves before it is loaded (${storage})`,
    everyDay(storage === 'withIndexedDb'),
    async ({ page }) => {
      const address = `${await builtPage(page, 'early-sign-out')}?storage=${storage}`;
      const status = page.getByRole('status');
      await page.goto(address);
      await expect(status).toHaveText('signedOut');
      await page.evaluate(
        (tokens) =>
          // Complete once the session is stored: only then does the next page find it.
          new Promise<void>((resolve, reject) => {
            session.setTokens(tokens).subscribe({ complete: resolve, error: reject });
          }),
        createTestTokens({ iat: Math.floor(Date.now() / 1000) }),
      );
      await page.reload();
      await expect(status).toHaveText('signedIn');

      // The file never comes in time.
      await page.route(ENGINE, () => undefined);
      await page.goto(`${address}&signOut`, { waitUntil: 'commit' });
      await page.waitForURL('about:blank');
      await page.unroute(ENGINE);

      await page.goto(address);
      await expect(status).toHaveText('signedOut');
      await expect(page.locator('body')).toHaveAttribute('data-revoked', 'yes');
      await page.reload();
      await expect(status).toHaveText('signedOut');
    },
  );
