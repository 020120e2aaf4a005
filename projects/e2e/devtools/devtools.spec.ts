import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import { expect, Panel, test } from './devtools-test';

const REFRESH = 'GetTokensFromRefreshToken';
const TABS = ['Overview', 'Events', 'Requests', 'Browser tabs', 'Storage', 'Claims', 'Warnings', 'Simulate'];

/** Evaluated by the debugger, which the page's policy does not concern. */
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds in the panel, shadow root included. */
async function violationsIn(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResults>('axe.run("cognito-session-devtools")');
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

test('the panel opens by keyboard under a strict policy, and shows no token', async ({
  page,
  emulator,
  api,
  complaints,
}) => {
  complaints.expect(/\[ngx-cognito-session\]|404/);
  const panel = new Panel(page, emulator);
  await page.goto('/');
  await panel.signIn();
  await expect(page.locator('#state')).toHaveText('signedIn');

  await panel.opener.focus();
  await page.keyboard.press('Enter');
  await expect(panel.dialog.getByRole('tab', { name: 'Overview' })).toBeFocused();
  await expect(panel.value('User')).toHaveText('alice');
  await expect(panel.value('Session ends')).toHaveText(/29 d|30 d/);
  await page.keyboard.press('ArrowRight');
  await expect(panel.view.getByRole('cell', { name: 'signedIn' })).toBeVisible();

  await panel.request('fetch', `${api.url}/other?secret=1`);
  await panel.open('Requests');
  await expect(panel.view).toContainText(`no token: path differs from ${api.url}/api`);

  await panel.open('Simulate');
  // The next refresh comes a second later, and waits there until this one has been seen to fail.
  const next = emulator.hold(REFRESH);
  await panel.press('Throttled');
  await panel.press('Expire now');
  await expect(page.locator('#state')).toHaveText('stale');
  await next.arrived(1);
  await next.open();
  // It heals by itself.
  await expect(page.locator('#state')).toHaveText('signedIn');
  expect(emulator.log.count(REFRESH)).toBe(1);

  const texts: string[] = [];
  for (const tab of TABS) {
    await panel.open(tab);
    if (tab === 'Storage') await expect(panel.value('Record')).toHaveText('session');
    texts.push(await panel.dialog.innerHTML());
  }
  expect(texts.join('\n')).toContain('characters');
  expect(panel.leaks(texts.join('\n'))).toEqual([]);

  await page.keyboard.press('Escape');
  await expect(panel.dialog).toBeHidden();
  await expect(panel.opener).toBeFocused();
});

test('one tab signs out another one, and both show it', async ({ page, context, emulator }) => {
  const panel = new Panel(page, emulator);
  await page.goto('/');
  await panel.signIn();
  const other = new Panel(await context.newPage(), emulator);
  await other.page.goto('/');
  await expect(other.page.locator('#state')).toHaveText('signedIn');

  await panel.open('Browser tabs');
  await expect(panel.view.getByText('signedIn, holds the session')).toHaveCount(2);
  await panel.open('Simulate');
  await panel.press('Sign out in another tab');

  await expect(panel.said).toHaveText(/^Tab [\da-f]{8} signs out\.$/);
  await expect(other.page.locator('#state')).toHaveText('signedOut: signedOut');
  await expect(page.locator('#state')).toHaveText('signedOut: signedOutElsewhere');
  await expect(panel.dialog).toContainText('Signed out: signedOutElsewhere');
});

test.describe('each button', { tag: '@long' }, () => {
  test.beforeEach(({ complaints }) => {
    complaints.expect(/\[ngx-cognito-session\]/);
  });

  for (const [name, state] of [
    ['No network', 'stale'],
    ['HTTP 500', 'stale'],
    ['Throttled', 'stale'],
    ['Unreadable answer', 'stale'],
    ['Revoked', 'signedOut: refreshTokenExpired'],
    ['Reused', 'signedOut: rotationLost'],
    ['Refused', 'stale'],
    ['User deleted', 'signedOut: userNotFound'],
    ['User not confirmed', 'signedOut: userNotConfirmed'],
    ['Password reset required', 'signedOut: passwordResetRequired'],
  ] as const)
    test(`${name}: the next refresh fails, and nothing reaches Cognito`, async ({ page, emulator }) => {
      const next = emulator.hold(REFRESH);
      const panel = new Panel(page, emulator);
      await page.goto('/');
      await panel.signIn();
      await panel.open('Simulate');

      await panel.press(name);
      await expect(panel.dialog.getByRole('button', { name, exact: true })).toHaveAttribute(
        'aria-pressed',
        'true',
      );
      await panel.press('Expire now');

      await expect(page.locator('#state')).toHaveText(state);
      await next.open();
      // A session that is kept is refreshed by the next call.
      const isKept = state === 'stale';
      if (isKept) await expect(page.locator('#state')).toHaveText('signedIn');
      expect(emulator.log.count(REFRESH)).toBe(isKept ? 1 : 0);
      await panel.open('Events');
      await expect(panel.view.getByRole('cell', { name: 'sessionExpired' })).toBeVisible();
    });

  test('No answer: the refresh hangs, and the next one is carried out', async ({ page, emulator }) => {
    const panel = new Panel(page, emulator);
    await page.clock.install();
    await page.goto('/');
    await panel.signIn();
    await panel.open('Simulate');
    await panel.press('No answer');
    await panel.press('Expire now');
    await panel.open('Browser tabs');
    await expect(panel.view).toContainText('calls Cognito');

    await page.clock.runFor(60_000);

    await emulator.log.whenEnded(REFRESH);
    await expect(page.locator('#state')).toHaveText('signedIn');
  });

  test('Offline: Cognito cannot be reached until it is switched off', async ({ page, emulator }) => {
    const panel = new Panel(page, emulator);
    await page.goto('/');
    await panel.signIn();
    await panel.open('Simulate');
    await panel.press('Offline');
    await panel.press('Expire now');
    await expect(page.locator('#state')).toHaveText('stale');
    expect(emulator.log.count(REFRESH)).toBe(0);

    await panel.press('Offline');

    await expect(page.locator('#state')).toHaveText('signedIn');
    expect(emulator.log.count(REFRESH)).toBe(1);
  });

  test('the clock: both tabs are wrong by as much, and a refresh finds it out', async ({
    page,
    context,
    emulator,
  }) => {
    const panel = new Panel(page, emulator);
    const other = new Panel(await context.newPage(), emulator);
    await page.goto('/');
    await panel.signIn();
    await other.page.goto('/');
    await panel.open('Simulate');
    await other.open('Simulate');

    await panel.press('+5 min');
    await expect(other.view).toContainText('5 min 0 s ahead');
    await panel.press('Expire now');
    await panel.open('Overview');
    await expect(panel.value('Clock drift')).toHaveText(/^−(4 min 5\d s|5 min \d s)$/);

    await other.press('−5 min');
    await panel.open('Simulate');
    await expect(panel.view.getByText('right', { exact: true })).toBeVisible();
  });

  test('a 401 is followed through refresh and retry', async ({ page, emulator, api, complaints }) => {
    complaints.expect(/401/);
    const panel = new Panel(page, emulator);
    await page.clock.install();
    await page.goto('/');
    await panel.signIn();
    await expect(page.locator('#state')).toHaveText('signedIn');
    await page.clock.runFor(60_000);
    api.rejectNext();
    await panel.open('Requests');

    await panel.request('get', `${api.url}/api/hello`);
    await emulator.log.whenEnded(REFRESH);
    await page.clock.runFor(3000);

    await expect(panel.view).toContainText('sent with Authorization → 401 → newer token → sent again → 200');
  });

  test('Copy report: the clipboard holds a report without tokens', async ({ page, context, emulator }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const panel = new Panel(page, emulator);
    await page.goto('/');
    await panel.signIn();
    await panel.open();
    await panel.press('Copy report');
    await expect(panel.said).toHaveText('The report was copied. It contains no token.');

    const text = await page.evaluate(() => navigator.clipboard.readText());

    expect(JSON.parse(text)).toMatchObject({ state: { status: 'signedIn' } });
    expect(panel.leaks(text)).toEqual([]);
    expect(text).not.toContain('alice');
  });
});

test.describe('axe', { tag: '@long' }, () => {
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [360, 1280])
      test(`finds nothing in ${colorScheme} at ${width} px`, async ({ page, emulator, api, complaints }) => {
        complaints.expect(/\[ngx-cognito-session\]|404/);
        await page.setViewportSize({ width, height: 760 });
        await page.emulateMedia({ colorScheme });
        const panel = new Panel(page, emulator);
        await page.goto('/');
        await panel.opener.waitFor();
        expect(await violationsIn(page)).toEqual([]);
        await panel.signIn();
        await panel.request('get', `${api.url}/other`);
        await panel.open('Simulate');
        await panel.press('HTTP 500');
        await panel.press('Expire now');

        for (const tab of TABS) {
          await panel.open(tab);
          expect(await violationsIn(page), tab).toEqual([]);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect(overflow, tab).toBeLessThanOrEqual(0);
        }
      });
});
