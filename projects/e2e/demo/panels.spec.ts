import { PANELS } from '../../demo/src/app/panels/panels';
import { issuedTokens } from '../support/issued-tokens';
import { expect, test } from './demo-test';

test.use({ viewport: { width: 1280, height: 900 } });

test('every panel is accessible in light and dark, shows no token and fits a phone', async ({
  page,
  emulator,
  signInAs,
  expectAccessible,
}) => {
  await signInAs('carol');
  for (const { path, title } of PANELS) {
    await page.getByRole('navigation').getByRole('link', { name: title, exact: true }).click();
    await expect(page).toHaveURL(`/${path}`);
    await expect(page).toHaveTitle(`${title} · ngx-cognito-session`);
    await page.getByRole('heading', { level: 1 }).waitFor();

    await expectAccessible();
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectAccessible();
    await page.emulateMedia({ colorScheme: 'light' });
    const html = await page.content();
    for (const token of issuedTokens(emulator)) expect(html).not.toContain(token);

    await page.setViewportSize({ width: 360, height: 740 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow, path).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1280, height: 900 });
  }
});

test(
  'panels of a user who is signed out are accessible',
  { tag: '@long' },
  async ({ page, expectAccessible }) => {
    for (const path of ['overview', 'concurrency', 'tokens']) {
      await page.goto(`/${path}`);
      await page.getByText('No user is signed in').first().waitFor();

      await expectAccessible();
    }
  },
);
