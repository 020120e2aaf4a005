import { expect, test } from './support/test';

const RENEWAL = 'GetTokensFromRefreshToken';
/** A younger token is sent again after a 401, without a renewal. */
const YOUNG_TOKEN_MS = 3000;

test('an API call carries the access token', { tag: '@long' }, async ({ page, demo, emulator, api }) => {
  await demo.signIn();
  await page.getByRole('link', { name: 'API call' }).click();
  await page.getByRole('button', { name: 'Call the API' }).click();

  const answer = page.getByRole('status', { name: 'Answer' });
  await expect(answer).toContainText('HTTP 200');
  await expect(answer).toContainText('"username": "alice"');
  expect(api.requests.map(({ verdict }) => verdict)).toEqual(['valid']);
  expect(api.requests[0]?.accessToken).toBe(emulator.log.last('InitiateAuth')?.tokensOut.access);
});

test('a 401 leads to one renewal and one retry, and the page shows the good answer', async ({
  page,
  demo,
  emulator,
  api,
  complaints,
}) => {
  complaints.expect(/status of 401/);
  await page.clock.install();
  await demo.signIn();
  await page.clock.fastForward(YOUNG_TOKEN_MS);
  api.rejectNext();
  await page.getByRole('link', { name: 'API call' }).click();
  await page.getByRole('button', { name: 'Call the API' }).click();

  await expect(page.getByRole('status', { name: 'Answer' })).toContainText('HTTP 200');
  expect(api.requests.map(({ verdict }) => verdict)).toEqual(['rejectedOnPurpose', 'valid']);
  const [first, second] = api.requests;
  expect(second?.accessToken).not.toBe(first?.accessToken);
  expect(second?.accessToken).toBe(emulator.log.last(RENEWAL)?.tokensOut.access);
  expect(emulator.log.count(RENEWAL)).toBe(1);
});

test(
  'an API that goes on refusing gets no third request',
  { tag: '@long' },
  async ({ page, demo, emulator, api, complaints }) => {
    complaints.expect(/status of 401/);
    await page.clock.install();
    await demo.signIn();
    await page.clock.fastForward(YOUNG_TOKEN_MS);
    api.rejectNext(3);
    await page.getByRole('link', { name: 'API call' }).click();
    await page.getByRole('button', { name: 'Call the API' }).click();

    await expect(page.getByRole('status', { name: 'Answer' })).toContainText('HTTP 401');
    expect(api.requests).toHaveLength(2);
    expect(emulator.log.count(RENEWAL)).toBe(1);
  },
);

test(
  'signed out, the call goes out without a token',
  { tag: '@long' },
  async ({ page, api, emulator, complaints }) => {
    complaints.expect(/status of 401/);
    await page.goto('/api-call');
    await page.getByRole('button', { name: 'Call the API' }).click();

    await expect(page.getByRole('status', { name: 'Answer' })).toContainText('HTTP 401');
    expect(api.requests.map(({ verdict }) => verdict)).toEqual(['noToken']);
    expect(emulator.log.count()).toBe(0);
  },
);
