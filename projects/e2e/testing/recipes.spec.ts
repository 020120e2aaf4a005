import type { SessionTestingController } from 'ngx-cognito-session/testing';
import { builtPage } from '../support/built-page';
import { expect, test } from '../support/test';
import { fakeCognito } from './fake-cognito';

declare global {
  var sessionTesting: SessionTestingController;
}

test('an app is signed in and renews without any Cognito', async ({ page, demo, backend, emulator }) => {
  const { clientId, userPoolId, endpoint = '' } = backend.config;
  await fakeCognito(page, endpoint, { clientId, userPoolId, username: 'carol' });

  await page.goto('/sign-in');
  await demo.submitCredentials('carol', 'whatever');
  await demo.state.waitFor();
  await page.reload();
  await demo.who.getByText('carol', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Renew now' }).click();

  await expect(demo.renewals).toHaveText('1');
  expect(emulator.log.calls()).toEqual([]);
});

test('a page that was built for tests does what they say', async ({ page }) => {
  const address = await builtPage(page, 'compiler', 'testing');
  const status = page.getByRole('status');
  await page.goto(address);

  await expect(status).toHaveText('signedIn carol');
  await page.evaluate(() => {
    sessionTesting.failRefresh('networkError');
    sessionTesting.expire();
  });
  await expect(status).toHaveText('stale carol');
  await page.evaluate(() => {
    sessionTesting.signOut();
  });
  await expect(status).toHaveText('signedOut');
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});
