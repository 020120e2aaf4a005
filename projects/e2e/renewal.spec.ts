import { expect, test } from './support/test';

const RENEWAL = 'GetTokensFromRefreshToken';

const MINUTE_MS = 60_000;

test.describe('with tokens of six seconds', () => {
  test.use({ tokenSeconds: 6 });

  test('renews by itself, and goes on, once per refresh token', async ({ demo, emulator }) => {
    const held = emulator.hold(RENEWAL);
    await demo.signIn();
    await held.arrived(1);
    await held.release(0);
    await held.arrived(2);
    // The second one brings tokens for an hour: what is looked at below stays as it is.
    emulator.configure({ accessTokenSeconds: 3600, idTokenSeconds: 3600 });
    await held.open();

    await expect(demo.renewals).toHaveText('2');
    await expect(demo.state).toContainText('Signed in');
    expect(emulator.log.calls(RENEWAL).map(({ status }) => status)).toEqual([200, 200]);
    // Each with the refresh token of its predecessor, and never twice with the same one.
    expect([...emulator.log.fetchesPerRefreshToken(RENEWAL).values()]).toEqual([1, 1]);
  });
});

test.describe('with tokens of an hour that passes at once', () => {
  test.beforeEach(({ page }) => page.clock.install());

  test('renews before the expiry, not earlier', { tag: '@long' }, async ({ demo, emulator, passTime }) => {
    await demo.signIn();

    await passTime(57 * MINUTE_MS);
    await expect(demo.countdown).toHaveText(/^([12]:\d\d|3:00)$/);
    expect(emulator.log.count(RENEWAL)).toBe(0);
    await passTime(2 * MINUTE_MS);
    const [renewal] = await emulator.log.whenEnded(RENEWAL, 1);

    // It came while the tokens that it replaced were still valid.
    const replaced = emulator.log.last('InitiateAuth')?.tokensOut.access ?? '';
    expect(emulator.accessTokenStatus(replaced, renewal?.at).isValid).toBe(true);
    await expect(demo.renewals).toHaveText('1');
    await expect(demo.countdown).toHaveText(/^(59:\d\d|1:00:00)$/);
  });

  test(
    'renews once more after a reload, not once per page',
    { tag: '@long' },
    async ({ page, demo, emulator, passTime }) => {
      await demo.signIn();
      await page.reload();
      await expect(demo.state).toContainText('Signed in');

      await passTime(59 * MINUTE_MS);
      await emulator.log.whenEnded(RENEWAL, 1);

      await expect(demo.renewals).toHaveText('1');
      expect(emulator.log.count(RENEWAL)).toBe(1);
    },
  );

  test(
    'renews tokens that expired while no page was open',
    { tag: '@long' },
    async ({ page, demo, emulator, passTime }) => {
      await demo.signIn();
      await page.goto('about:blank');
      await passTime(90 * MINUTE_MS);
      expect(emulator.log.count(RENEWAL)).toBe(0);

      await page.goto('/');

      await expect(demo.state).toContainText('Signed in');
      await expect(demo.renewals).toHaveText('1');
      expect(emulator.log.count(RENEWAL)).toBe(1);
    },
  );
});

test(
  'a renewal on demand shows that it runs and what came of it',
  { tag: '@long' },
  async ({ page, demo, emulator }) => {
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
  },
);

test(
  'a session that Cognito has ended elsewhere ends here, with its reason',
  { tag: '@long' },
  async ({ page, demo, emulator, complaints }) => {
    complaints.expect(/status of 400/);
    await demo.signIn();
    emulator.faults.add(RENEWAL, { kind: 'error', type: 'NotAuthorizedException' });

    await page.getByRole('button', { name: 'Renew now' }).click();

    await expect(demo.who).toContainText('Signed out');
    await expect(demo.state).toContainText('The session has ended. Please sign in again.');
  },
);
