import { expect, test } from './support/test';

const RENEWAL = 'GetTokensFromRefreshToken';

test.describe('with tokens of six seconds', () => {
  test.use({ tokenSeconds: 6 });

  test('renews before each expiry, once', async ({ demo, emulator }) => {
    await demo.signIn();

    const renewals = await emulator.log.whenEnded(RENEWAL, 2);

    await expect(demo.renewals).toHaveText('2');
    expect(renewals.map(({ status }) => status)).toEqual([200, 200]);
    // Each one came while the tokens that it replaced were still valid …
    const issued = emulator.log.calls().map(({ tokensOut }) => tokensOut.access ?? '');
    renewals.forEach(({ at }, index) => {
      expect(emulator.accessTokenStatus(issued[index] ?? '', at).isValid).toBe(true);
    });
    // … with the refresh token of its predecessor, and never twice with the same one.
    expect([...emulator.log.fetchesPerRefreshToken(RENEWAL).values()]).toEqual([1, 1]);
    await expect(demo.state).toContainText('Signed in');
  });

  test('renews once more after a reload, not once per page', async ({ page, demo, emulator }) => {
    await demo.signIn();
    await page.reload();

    await emulator.log.whenEnded(RENEWAL, 1);

    await expect(demo.renewals).toHaveText('1');
    expect(emulator.log.count(RENEWAL)).toBe(1);
  });

  test('renews tokens that expired while nobody was there', async ({ page, demo, emulator }) => {
    await demo.signIn();
    const { at } = (await emulator.log.whenEnded('InitiateAuth', 1))[0] ?? { at: 0 };
    await page.goto('about:blank');
    await expect.poll(() => emulator.clock.now()).toBeGreaterThan(at + 6000);
    expect(emulator.log.count(RENEWAL)).toBe(0);

    await page.goto('/');

    await expect(demo.state).toContainText('Signed in');
    await expect(demo.renewals).toHaveText('1');
    expect(emulator.log.count(RENEWAL)).toBe(1);
  });
});

test('a renewal on demand shows that it runs and what came of it', async ({ page, demo, emulator }) => {
  await demo.signIn();
  const held = emulator.hold(RENEWAL);

  await page.getByRole('button', { name: 'Renew now' }).click();
  await held.arrived(1);
  await expect(demo.state).toContainText('Renewing…');
  await held.open();

  await expect(page.getByText('Renewed: the new tokens live until')).toBeVisible();
  await expect(demo.state).not.toContainText('Renewing…');
  await expect(demo.renewals).toHaveText('1');
  expect(emulator.log.count(RENEWAL)).toBe(1);
});

test('a session that Cognito has ended elsewhere ends here, with its reason', async ({
  page,
  demo,
  emulator,
  complaints,
}) => {
  complaints.expect(/status of 400/);
  await demo.signIn();
  emulator.faults.add(RENEWAL, { kind: 'error', type: 'NotAuthorizedException' });

  await page.getByRole('button', { name: 'Renew now' }).click();

  await expect(demo.who).toContainText('Signed out');
  await expect(demo.state).toContainText('The session has ended. Please sign in again.');
});
