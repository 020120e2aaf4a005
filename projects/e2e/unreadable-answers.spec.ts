import { expect, test } from './support/test';

const RENEWAL = 'GetTokensFromRefreshToken';
const MINUTE_MS = 60_000;

test('an answer that CORS forbids to read is a network failure: the session stays, and heals', async ({
  page,
  demo,
  emulator,
  passTime,
  complaints,
}) => {
  complaints.expect(/blocked by CORS policy|net::ERR_FAILED/);
  await page.clock.install();
  await demo.signIn();
  // Cognito has renewed by then: its answer only cannot be read. The next try is made by the page, whenever it is due.
  await page.route(
    `${emulator.url}/**`,
    async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers(), 'access-control-allow-origin': 'https://elsewhere.example' };
      await route.fulfill({ response, headers });
    },
    { times: 1 },
  );

  await page.getByRole('button', { name: 'Renew now' }).click();

  await expect(
    page.getByText('The renewal failed: No answer from Cognito arrived. networkError'),
  ).toBeVisible();
  await expect(demo.state).toContainText('Signed in');
  expect(emulator.log.calls(RENEWAL)[0]?.isProcessed).toBe(true);

  await passTime(20_000);

  await expect(demo.renewals).toHaveText('1');
  await expect(demo.state).toContainText('Signed in');
  expect([...emulator.log.fetchesPerRefreshToken(RENEWAL).values()]).toEqual([2]);
});

test(
  'a page that cannot read any answer says so once its token is dead, and heals by itself',
  { tag: '@long' },
  async ({ page, demo, emulator, passTime, complaints }) => {
    complaints.expect(/blocked by CORS policy|net::ERR_FAILED/);
    await page.clock.install();
    await demo.signIn();
    await page.route(`${emulator.url}/**`, (route) =>
      route.fulfill({ body: '{}', headers: { 'access-control-allow-origin': 'https://elsewhere.example' } }),
    );

    await passTime(61 * MINUTE_MS);
    await expect(page.getByText('Renewing…')).toHaveCount(0);
    await passTime(MINUTE_MS);
    await expect(demo.state).toContainText(
      'No answer from Cognito arrived (networkError). You stay signed in',
    );
    await expect(demo.who).toContainText('alice');

    await page.unroute(`${emulator.url}/**`);
    await passTime(MINUTE_MS);
    await expect(demo.state).toContainText('Signed in');
    expect(emulator.log.calls(RENEWAL).map(({ status }) => status)).toEqual([200]);
  },
);
