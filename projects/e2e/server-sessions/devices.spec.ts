import { callApi, expect, hello, test } from './server-sessions-test';

test('a user signs out another device, which learns of it by its next call', async ({
  page,
  newDevice,
  signIn,
  username,
  example,
  complaints,
}) => {
  const { emulator } = example.aws;
  const other = await (await newDevice()).newPage();
  await signIn(page, '/devices');
  await signIn(other);
  const refreshTokenOfOther = emulator.log.last('oauth2/token')?.tokensOut.refresh ?? '';
  await callApi(other, hello(username));
  await page.reload();
  const rows = page.getByRole('table').getByRole('row');
  await expect(rows).toHaveCount(3);
  expect(emulator.liveRefreshTokens({ familyOf: refreshTokenOfOther })).toHaveLength(1);

  await page.getByRole('button', { name: 'Sign out other devices' }).click();

  await expect(page.getByText('You are signed in on this device only.')).toBeVisible();
  await expect(rows).toHaveCount(2);
  await expect(page.locator('#user')).toHaveText(`Signed in as ${username}`);
  expect(emulator.liveRefreshTokens({ familyOf: refreshTokenOfOther })).toEqual([]);

  complaints.push(/status of 401/);
  await other.getByRole('button', { name: 'Call the API' }).click();
  await expect(other.getByText('Your session has ended.')).toBeVisible();
  await expect(other.locator('#user')).toHaveText('Signed out');
});
