import type { Page } from '@playwright/test';
import type { ApiRequestRecord, SampleApi } from 'local-services';
import { DemoPage, PASSWORD, USERNAME } from '../support/demo-page';
import { redeem } from '../support/redeem';
import { expect, test } from '../support/test';

const RENEWAL = 'GetTokensFromRefreshToken';

/** Calls the sample API from a page, and what the API has received. */
async function callApi(page: Page, api: SampleApi): Promise<ApiRequestRecord> {
  const request = api.nextRequest();
  await page.getByRole('link', { name: 'API call' }).click();
  await page.getByRole('button', { name: 'Call the API' }).click();
  return request;
}

/** The life of a session as any user pool shows it: nothing here asks Cognito itself what it has seen. */
test.describe('with any user pool', { tag: '@long' }, () => {
  test('a user signs in, and the API accepts the access token', async ({ page, demo, api, calls }) => {
    await demo.signIn();
    await page.getByRole('link', { name: 'API call' }).click();
    await page.getByRole('button', { name: 'Call the API' }).click();

    await expect(page.getByRole('status', { name: 'Answer' })).toContainText('HTTP 200');
    expect(api.requests.map(({ verdict }) => verdict)).toEqual(['valid']);
    expect(calls.statuses('InitiateAuth')).toEqual([200]);
    expect(calls.statuses(RENEWAL)).toEqual([]);
  });

  test('a wrong password is refused in words, and nothing is stored', async ({ page, demo, complaints }) => {
    complaints.expect(/status of 400/);
    await page.goto('/sign-in');
    await demo.submitCredentials(USERNAME, `${PASSWORD} but wrong`);

    await expect(page.getByRole('alert')).toHaveText('User name or password is wrong.');
    expect(await demo.storedItems()).toEqual([]);
  });

  test('refreshes one after the other give new tokens each time', async ({ page, demo, api, calls }) => {
    await demo.signIn();
    for (const renewals of ['1', '2', '3']) {
      await page.getByRole('button', { name: 'Renew now' }).click();
      await expect(demo.renewals).toHaveText(renewals);
    }
    await page.getByRole('link', { name: 'API call' }).click();
    await page.getByRole('button', { name: 'Call the API' }).click();

    await expect(page.getByRole('status', { name: 'Answer' })).toContainText('HTTP 200');
    expect(api.requests.map(({ verdict }) => verdict)).toEqual(['valid']);
    expect(calls.statuses(RENEWAL)).toEqual([200, 200, 200]);
  });

  test('a 401 leads to one refresh and one retry', async ({ page, demo, api, calls, complaints }) => {
    complaints.expect(/status of 401/);
    await demo.signIn();
    api.rejectNext();
    await page.getByRole('link', { name: 'API call' }).click();
    await page.getByRole('button', { name: 'Call the API' }).click();

    await expect(page.getByRole('status', { name: 'Answer' })).toContainText('HTTP 200');
    expect(api.requests.map(({ verdict }) => verdict)).toEqual(['rejectedOnPurpose', 'valid']);
    expect(calls.statuses(RENEWAL)).toEqual([200]);
  });

  test('a reload and a second tab show the session without a call to Cognito', async ({
    context,
    page,
    demo,
    calls,
  }) => {
    await demo.signIn();
    const before = calls.count();

    await page.reload();
    await expect(demo.state).toContainText('Signed in');
    const other = await context.newPage();
    await other.goto('/');
    await expect(other.getByRole('region', { name: 'State' })).toContainText('Signed in');

    expect(calls.count()).toBe(before);
  });

  test('a refresh in one tab gives all tabs the new tokens', async ({ context, page, demo, api, calls }) => {
    await demo.signIn();
    const other = await context.newPage();
    await other.goto('/');
    await expect(other.getByRole('region', { name: 'State' })).toContainText('Signed in');
    const before = await callApi(page, api);

    await page.getByRole('link', { name: 'Session', exact: true }).click();
    await page.getByRole('button', { name: 'Renew now' }).click();
    await expect(demo.renewals).toHaveText('1');

    const after = await callApi(other, api);
    expect(after.verdict).toBe('valid');
    expect(after.accessToken).not.toBe(before.accessToken);
    expect((await callApi(page, api)).accessToken).toBe(after.accessToken);
    expect(calls.statuses(RENEWAL)).toEqual([200]);
  });

  test('a sign-out clears the storage, reaches all tabs and revokes the refresh token', async ({
    context,
    page,
    demo,
    calls,
    cognito,
  }) => {
    await demo.signIn();
    const stored = (await demo.storedItems()).join();
    const refreshToken = /"refreshToken":"([^"]+)"/.exec(stored)?.[1] ?? '';
    const other = await context.newPage();
    await other.goto('/');
    await expect(other.getByRole('region', { name: 'State' })).toContainText('Signed in');

    await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();

    await expect(demo.who).toContainText('Signed out');
    await expect(other.getByRole('banner').getByRole('status')).toContainText('Signed out');
    await expect.poll(() => calls.statuses('RevokeToken')).toEqual([200]);
    await expect.poll(() => demo.sessionItems()).toEqual([]);
    expect(refreshToken).not.toBe('');
    expect(await redeem(cognito, refreshToken)).toEqual({ status: 400, type: 'NotAuthorizedException' });
  });

  test('a sign-out everywhere ends the sessions of other devices', async ({
    browser,
    page,
    demo,
    calls,
    baseURL,
    complaints,
  }) => {
    complaints.expect(/status of 400/);
    await demo.signIn();
    const otherDevice = await browser.newContext({ baseURL: baseURL ?? '' });
    const other = new DemoPage(await otherDevice.newPage());
    await other.signIn();

    await page.getByLabel('Everywhere').check();
    await page.getByRole('button', { name: 'Sign out of this session' }).click();
    await expect(demo.who).toContainText('Signed out');
    await expect.poll(() => calls.statuses('GlobalSignOut')).toEqual([200]);
    await other.page.getByRole('button', { name: 'Renew now' }).click();

    await expect(other.who).toContainText('Signed out');
    await otherDevice.close();
  });
});
