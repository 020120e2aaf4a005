import type { Page } from '@playwright/test';
import { callApi, expect, hello, HOUR_MS, REFRESH, test } from './server-sessions-test';

test('the server refreshes once for all tabs, and no page notices', async ({
  page,
  context,
  signIn,
  username,
  example,
}) => {
  const { log } = example.aws.emulator;
  const other = await context.newPage();
  await signIn(page);
  await other.goto('/account');
  await example.pass(HOUR_MS);

  await Promise.all([callApi(page, hello(username)), callApi(other, hello(username))]);
  await other.reload();

  await expect(other.locator('#user')).toHaveText(`Signed in as ${username}`);
  expect(log.calls(REFRESH).map(({ status }) => status)).toEqual([200]);
  expect(example.aws.api.requests.slice(-2).map(({ verdict }) => verdict)).toEqual(['valid', 'valid']);
});

test('while Cognito cannot answer the user stays signed in', async ({
  page,
  signIn,
  username,
  example,
  complaints,
}) => {
  const { faults, log } = example.aws.emulator;
  complaints.push(/status of 503/);
  await signIn(page);
  await example.pass(HOUR_MS);
  faults.add(REFRESH, { kind: 'throttle' });

  await callApi(page, 'HTTP 503');
  await expect(page.locator('#user')).toHaveText(`Signed in as ${username}`);
  await example.pass(2000);
  await callApi(page, hello(username));

  expect(log.calls(REFRESH).map(({ status }) => status)).toEqual([400, 200]);
});

test(
  'many tabs over many expiries cause one refresh each',
  { tag: '@long' },
  async ({ page, context, signIn, username, example }) => {
    const ROUNDS = 10;
    await signIn(page);
    const tabs: Page[] = [page];
    while (tabs.length < 8) {
      const tab = await context.newPage();
      await tab.goto('/account');
      tabs.push(tab);
    }

    for (let round = 1; round <= ROUNDS; round += 1) {
      await example.pass(HOUR_MS);
      await Promise.all(tabs.map((tab) => callApi(tab, hello(username))));
      expect(example.aws.emulator.log.count(REFRESH)).toBe(round);
    }
  },
);
