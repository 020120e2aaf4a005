import type { Page } from '@playwright/test';
import { expect, test } from './demo-test';

const cause = (page: Page, fault: string) => page.getByRole('button', { name: `Cause: ${fault}` }).click();
const happened = (page: Page) => page.getByRole('list', { name: 'What happened' });

test.describe('faults', { tag: '@long' }, () => {
  test.use({ viewport: { width: 1280, height: 900 } });

  test.beforeEach(async ({ page, signInAs, complaints }) => {
    complaints.expect(/status of (4|5)\d\d|ERR_|\[ngx-cognito-session\]/);
    await signInAs('alice');
    await page.getByRole('navigation').getByRole('link', { name: 'Faults' }).click();
  });

  test('throttling shows when the next try is due, and heals by itself', async ({ page, emulator }) => {
    await cause(page, 'Throttling');

    await expect(happened(page)).toContainText('TooManyRequestsException');
    await expect(page.getByRole('timer', { name: 'Next try' })).toHaveText(/\d+ s/);
    await expect(page.getByRole('status', { name: 'Fault' })).toContainText('Healed by itself');
    await expect(page.getByRole('button', { name: 'Signed in as alice' })).toBeVisible();
    const refreshes = emulator.log.calls('GetTokensFromRefreshToken');
    expect(refreshes.map(({ status }) => status)).toEqual([200, 400, 400, 200]);
  });

  test('offline keeps the user signed in until the connection is back', async ({ page }) => {
    await cause(page, 'Offline');
    await expect(happened(page)).toContainText('connection broken');
    await expect(page.getByRole('banner')).toContainText('Stale');

    await page.getByRole('button', { name: 'Go back online' }).click();

    await expect(page.getByRole('status', { name: 'Fault' })).toContainText('Healed by itself');
    await expect(page.getByRole('banner')).not.toContainText('Stale');
  });

  for (const fault of ['Error 500', 'HTML instead of JSON', 'Lost answer'])
    test(`${fault} heals by itself`, async ({ page }) => {
      await cause(page, fault);

      await expect(page.getByRole('status', { name: 'Fault' })).toContainText('Healed by itself');
      await expect(page.getByRole('button', { name: 'Signed in as alice' })).toBeVisible();
    });

  test('a slow answer causes no error', async ({ page, emulator }) => {
    await cause(page, 'Slow answer');

    await expect(happened(page)).toContainText('no answer yet');
    await expect(happened(page).getByText('tokenRefreshed')).toHaveCount(2);
    await expect(happened(page)).not.toContainText('error');
    expect(emulator.log.count('GetTokensFromRefreshToken')).toBe(2);
  });

  for (const [fault, reason] of [
    ['Rotation without grace', 'Cognito has replaced a token, and the new one did not arrive.'],
    ['Revoked token', 'The session has ended.'],
    ['Disabled user', 'The session has ended.'],
    ['Storage cleared', "The browser's storage was cleared."],
  ] as const)
    test(`${fault} signs the user out and says why`, async ({ page, signInAs }) => {
      await cause(page, fault);

      await expect(page.getByRole('status', { name: 'Session' })).toContainText(reason);
      await expect(page.getByText('there is nothing to break')).toBeVisible();
      await page.getByRole('main').getByRole('link', { name: 'Sign in' }).first().click();
      await signInAs('alice');
    });

  test('a 401 of the API leads to one refresh, and no user sees it', async ({
    page,
    emulator,
    api,
    tokenIsOlder,
  }) => {
    await tokenIsOlder();
    await cause(page, '401 from the API');

    await expect(happened(page)).toContainText('tokenRefreshed');
    expect(emulator.log.count('GetTokensFromRefreshToken')).toBe(1);
    expect(api.requests.map(({ status }) => status)).toEqual([401, 200]);
  });

  test('a wrong clock of the device shows in the next token', async ({ page }) => {
    await cause(page, 'Wrong device clock');

    await expect(happened(page)).toContainText('tokenRefreshed');
    await expect(page.getByRole('button', { name: 'Signed in as alice' })).toBeVisible();
  });
});
