import type { Page } from '@playwright/test';
import { everyDay } from './support/every-day';
import { expect, test } from './support/test';

const RENEWAL = 'GetTokensFromRefreshToken';

/**
 * From the next document on no time passes for the page, while its timers go on: an attempt that may live would never be
 * overtaken. What is known to be dead needs no time.
 */
async function stopTime(page: Page): Promise<void> {
  await page.addInitScript((now) => {
    Date.now = () => now;
    performance.now = () => 0;
  }, Date.now());
}

async function renewNow(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Renew now' }).click();
}

for (const point of ['beforeProcessing', 'afterCommit'] as const)
  test(
    `a page that goes while its renewal is held ${point} keeps no tab waiting: the next one renews at once`,
    everyDay(point === 'afterCommit'),
    async ({ page, demo, emulator }) => {
      await demo.signIn();
      const held = emulator.hold(RENEWAL, point);
      await renewNow(page);
      await held.arrived(1);
      await stopTime(page);

      await page.reload();
      await expect(demo.state).toContainText('Signed in');
      await renewNow(page);
      await held.arrived(2);
      await held.open();

      await expect(page.getByText('Renewed: the new tokens live until')).toBeVisible();
      await expect(demo.state).toContainText('Signed in');
      // The same refresh token twice, within its grace.
      expect([...emulator.log.fetchesPerRefreshToken(RENEWAL).values()]).toEqual([2]);
      await renewNow(page);
      await expect(demo.renewals).toHaveText('2');
      expect(emulator.log.last(RENEWAL)).toMatchObject({ status: 200 });
      expect(
        emulator.liveRefreshTokens({ username: 'alice' }).filter(({ state }) => state === 'current'),
      ).toHaveLength(1);
    },
  );

test(
  'an answer that is lost with its page ends the session where Cognito has no grace, and it is said why',
  { tag: '@long' },
  async ({ page, demo, emulator, complaints }) => {
    complaints.expect(/status of 400/);
    emulator.configure({ graceSeconds: 0 });
    await demo.signIn();
    const held = emulator.hold(RENEWAL, 'afterCommit');
    await renewNow(page);
    await held.arrived(1);
    await stopTime(page);

    await page.reload();
    await expect(demo.state).toContainText('Signed in');
    await renewNow(page);
    await held.arrived(2);
    await held.open();

    await expect(demo.who).toContainText('Signed out');
    await expect(demo.state).toContainText(
      'Cognito has replaced a token, and the new one did not arrive. Please sign in again.',
    );
    expect(emulator.log.last(RENEWAL)).toMatchObject({ errorType: 'RefreshTokenReuseException' });
    await page.getByRole('link', { name: 'Events' }).click();
    await expect(page.getByRole('log').getByRole('listitem').first()).toContainText('rotationLost');
  },
);

test(
  'a page that comes back after the tokens have died renews by itself, though the last one died at it',
  { tag: '@long' },
  async ({ page, demo, emulator, passTime }) => {
    await page.clock.install();
    await demo.signIn();
    const held = emulator.hold(RENEWAL);
    await renewNow(page);
    await held.arrived(1);
    await page.goto('about:blank');
    await passTime(90 * 60_000);

    await page.goto('/');
    await held.arrived(2);
    await held.open();

    await expect(demo.renewals).toHaveText('1');
    await expect(demo.state).toContainText('Signed in');
    expect(emulator.log.count(RENEWAL)).toBe(2);
  },
);
