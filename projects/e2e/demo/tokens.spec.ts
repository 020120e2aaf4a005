import { expect, test } from './demo-test';

test(
  'tokens show claims, groups and expiry, and change with a refresh',
  { tag: '@long' },
  async ({ page, emulator, signInAs }) => {
    await signInAs('carol');
    await page.goto('/tokens');
    const access = page.getByRole('group', { name: 'Access token' });
    await expect(access.getByRole('row', { name: 'cognito:groups' })).toContainText('["admins","editors"]');
    await expect(
      page.getByRole('group', { name: 'ID token' }).getByRole('row', { name: 'given_name' }),
    ).toContainText('Carol');
    await expect(page.getByRole('group', { name: 'User' })).toContainText('admins, editors');
    await expect(access.getByRole('timer')).toHaveText(/\d+:\d\d/);
    await expect(access.getByTestId('short')).toHaveText(/^eyJ…\S{6}$/);
    const before = await access.getByTestId('short').innerText();

    await page.getByRole('button', { name: 'Refresh now' }).click();

    await expect(access.getByTestId('short')).not.toHaveText(before);
    const issued = emulator.log.last('GetTokensFromRefreshToken')?.tokensOut.access ?? '';
    await expect(access.getByTestId('short')).toHaveText(`eyJ…${issued.slice(-6)}`);
  },
);

test('without a user the tokens lead to sign-in', { tag: '@long' }, async ({ page }) => {
  await page.goto('/tokens');

  await expect(page.getByRole('main')).toContainText('No user is signed in, so there are no tokens.');
});
