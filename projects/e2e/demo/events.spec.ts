import { expect, test } from './demo-test';

test('events survive a reload, until they are cleared', { tag: '@long' }, async ({ page, signInAs }) => {
  await signInAs('alice');
  await page.getByRole('button', { name: 'Refresh now' }).click();
  await page.getByRole('navigation').getByRole('link', { name: 'Events', exact: true }).click();
  const types = page.getByRole('log', { name: 'Events' }).locator('.type');
  await expect(types).toHaveText(['tokenRefreshed', 'signedIn']);

  await page.reload();
  await expect(types.last()).toHaveText('signedIn');
  await expect(types.filter({ hasText: 'tokenRefreshed' })).toHaveCount(1);

  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.getByText('No event yet.')).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: 'Signed in as alice' }).waitFor();
  await expect(types.filter({ hasText: /signedIn|tokenRefreshed/ })).toHaveCount(0);
});
