import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../../tools/workspace';
import { initialChunks, packagesOf, type BuildStats } from './support/build-stats';
import { USERNAME } from './support/demo-page';
import { expect, test } from './support/test';

const SDK = '@aws-sdk/client-cognito-identity-provider';
const stats = JSON.parse(readFileSync(resolve(root, 'dist/plain-app/stats.json'), 'utf8')) as BuildStats;
const everything = Object.keys(stats.outputs);

test('the AWS SDK is in the build, and in no initial chunk', () => {
  const initial = initialChunks(stats, 'projects/e2e/plain-app/src/main.ts');

  // First that there is something to find: an empty list of packages would prove nothing.
  expect(packagesOf(stats, everything)).toContain(SDK);
  expect(packagesOf(stats, initial)).toContain('@angular/core');
  expect(initial.length).toBeLessThan(everything.length);
  expect(packagesOf(stats, initial).filter((name) => /^@(aws-sdk|aws-crypto|smithy)\//.test(name))).toEqual(
    [],
  );
});

test('the AWS SDK is loaded when the user signs in, not before', async ({ page, demo }) => {
  const withSdk = everything.filter((file) => packagesOf(stats, [file]).includes(SDK));
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname.slice(1)));
  const loadedSdk = () => loaded.filter((file) => withSdk.includes(file));

  await page.goto('/');
  await page.getByRole('link', { name: 'Sign in' }).first().click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  expect(loadedSdk()).toEqual([]);

  await demo.submitCredentials();
  await expect(demo.who).toContainText(USERNAME);
  expect(loadedSdk()).not.toEqual([]);
});

test('a renewal works although the chunk with the AWS SDK is gone', async ({
  page,
  demo,
  emulator,
  complaints,
}) => {
  complaints.expect(/status of 404/);
  await demo.signIn();
  const withSdk = everything.filter((file) => packagesOf(stats, [file]).includes(SDK));
  await page.route(
    (url) => withSdk.includes(url.pathname.slice(1)),
    (route) => route.fulfill({ status: 404 }),
  );
  // A fresh page, as after a deploy: nothing of the SDK is in memory.
  await page.reload();
  await page.getByRole('button', { name: 'Renew now' }).click();

  await expect(demo.renewals).toHaveText('1');
  const [renewal] = emulator.log.calls('GetTokensFromRefreshToken');
  expect(renewal).toMatchObject({ status: 200, sdkInvocationId: null });
});
