import { issuedTokens, lastRefreshToken } from './support/issued-tokens';
import { redeem } from './support/redeem';
import { expect, test } from './support/test';

test('signing out clears the storage and revokes the refresh token', async ({ page, demo, emulator }) => {
  await demo.signIn();
  await page.getByRole('button', { name: 'Renew now' }).click();
  await expect(demo.renewals).toHaveText('1');
  const refreshToken = lastRefreshToken(emulator);
  expect((await demo.storedItems()).join()).toContain(refreshToken);

  await page.getByRole('button', { name: 'Sign out of this session' }).click();
  await expect(demo.who).toContainText('Signed out');
  await emulator.log.whenEnded('RevokeToken', 1);

  expect(emulator.log.calls('RevokeToken').map(({ status }) => status)).toEqual([200]);
  expect(emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
  expect(await redeem(emulator, refreshToken)).toEqual({ status: 400, type: 'NotAuthorizedException' });
  await expect.poll(() => demo.sessionItems()).toEqual([]);
  const stored = await demo.storedItems();
  for (const token of issuedTokens(emulator)) expect(stored.join()).not.toContain(token);
});

test('after signing out a reload stays signed out', { tag: '@long' }, async ({ page, demo, emulator }) => {
  await demo.signIn();
  await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
  await expect(demo.who).toContainText('Signed out');
  await emulator.log.whenEnded('RevokeToken', 1);
  await expect.poll(() => demo.sessionItems()).toEqual([]);
  const calls = emulator.log.count();

  await page.reload();

  await expect(demo.state).toContainText('No user is signed in on this device.');
  expect(emulator.log.count()).toBe(calls);
});

test(
  'signing out everywhere ends the other sessions of the user, too',
  { tag: '@long' },
  async ({ page, demo, emulator }) => {
    const other = await emulator.signIn('alice');
    await demo.signIn();

    await page.getByLabel('Everywhere').check();
    await page.getByRole('button', { name: 'Sign out of this session' }).click();
    await expect(demo.who).toContainText('Signed out');
    await emulator.log.whenEnded('GlobalSignOut', 1);

    expect(await redeem(emulator, other.RefreshToken)).toMatchObject({ status: 400 });
    expect(emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
  },
);
