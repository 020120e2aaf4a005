import type { Page } from '@playwright/test';
import { startDemoServer } from '../demo/start/demo-server';
import { everyDay } from './support/every-day';
import { lastRefreshToken } from './support/issued-tokens';
import { PLAIN_APP_FOLDER } from './support/plain-app';
import { leaks } from './support/leaks/watched-test';
import { startPreflightGate, type PreflightGate } from './support/preflight-gate';
import { redeem } from './support/redeem';
import { expect, test as base } from './support/test';

const REVOCATION = 'RevokeToken';

const test = base.extend<{ gate: PreflightGate }>({
  gate: async ({ emulator }, use) => {
    const gate = await startPreflightGate(emulator.url);
    leaks.receiver(gate.url);
    await use(gate);
    await gate.close();
  },
  baseURL: async ({ backend, gate }, use) => {
    const server = await startDemoServer(
      { ...backend.config, endpoint: gate.url },
      { folder: PLAIN_APP_FOLDER },
    );
    await use(server.url);
    await server.close();
  },
});

const WAYS = { 'for another page': 'leave', 'by a reload': 'reload', 'for good': 'close' } as const;

/** In one task: nothing that the click has started comes to an end before the page begins to go. */
async function signOutAnd(tab: Page, how: (typeof WAYS)[keyof typeof WAYS]): Promise<void> {
  const gone = how === 'close' ? tab.waitForEvent('close') : tab.waitForEvent('domcontentloaded');
  await tab
    .getByRole('banner')
    .getByRole('button', { name: 'Sign out' })
    .evaluate((button, how) => {
      (button as HTMLButtonElement).click();
      if (how === 'leave') location.href = 'about:blank';
      else if (how === 'reload') location.reload();
      else close();
    }, how);
  await gone;
}

/** The same session in a tab that a script may close, and in no other one. */
async function moveToOwnTab(page: Page): Promise<Page> {
  const opened = page.waitForEvent('popup');
  await page.evaluate(() => void open('/'));
  const tab = await opened;
  await page.close();
  await expect(tab.getByRole('region', { name: 'State' })).toContainText('Signed in');
  return tab;
}

for (const [how, way] of Object.entries(WAYS))
  test.describe(`signing out in a page that is left ${how} in the same task`, () => {
    test.beforeEach(({ demo }) => demo.signIn());

    test('ends the session at Cognito', everyDay(way === 'leave'), async ({ page, emulator, gate }) => {
      const tab = await moveToOwnTab(page);
      const refreshToken = lastRefreshToken(emulator);
      gate.shut();

      await signOutAnd(tab, way);
      await gate.asked();
      gate.open();

      await emulator.log.whenEnded(REVOCATION, 1);
      expect(emulator.log.calls(REVOCATION).map(({ status }) => status)).toEqual([200]);
      expect(emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
      expect(await redeem(emulator, refreshToken)).toMatchObject({ status: 400 });
    });

    test(
      'ends it through the AWS SDK, once that is loaded',
      everyDay(way === 'close'),
      async ({ page, emulator, gate }) => {
        const tab = await moveToOwnTab(page);
        await tab.getByRole('button', { name: 'Renew now' }).click();
        await expect(tab.getByText('Renewed: the new tokens live until')).toBeVisible();
        gate.shut();

        await signOutAnd(tab, way);
        await gate.asked();
        gate.open();

        const [revocation] = await emulator.log.whenEnded(REVOCATION, 1);
        expect(revocation).toMatchObject({ status: 200, tokensIn: { refresh: lastRefreshToken(emulator) } });
        expect(revocation?.sdkInvocationId).not.toBeNull();
        expect(emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
      },
    );

    test('leaves no user signed in on this device', { tag: '@long' }, async ({ page, context }) => {
      const tab = await moveToOwnTab(page);

      await signOutAnd(tab, way);

      const later = await context.newPage();
      await later.goto('/');
      await expect(later.getByRole('region', { name: 'State' })).toContainText('Signed out');
      await expect(later.getByRole('banner').getByRole('status')).toContainText('Signed out');
    });
  });
