import { expect, test } from './demo-test';

const calls = 'Calls';

for (const client of ['HttpClient', 'createAuthFetch'])
  test(
    `${client}: a storm of 401s leads to one refresh, and each call is shown as retried`,
    { tag: '@long' },
    async ({ page, emulator, api, signInAs, tokenIsOlder, complaints }) => {
      complaints.expect(/status of 401/);
      await signInAs('alice');
      await page.getByRole('link', { name: 'HTTP' }).click();
      await page.getByRole('radio', { name: client }).click();
      await tokenIsOlder();

      await page.getByRole('button', { name: '20 calls, all answered 401' }).click();

      const row = page.getByRole('list', { name: calls }).getByRole('listitem');
      await expect(row).toHaveText([/20 ×.*401.*→ refresh →.*200.*retried once/]);
      expect(emulator.log.count('GetTokensFromRefreshToken')).toBe(1);
      expect(api.requests.map(({ status }) => status).sort()).toEqual([
        ...Array<number>(20).fill(200),
        ...Array<number>(20).fill(401),
      ]);
    },
  );

test(
  'a call of the API carries a token, one of another origin does not',
  { tag: '@long' },
  async ({ page, api, signInAs, complaints }) => {
    complaints.expect(/status of 401/);
    await signInAs('alice');
    await page.getByRole('link', { name: 'HTTP' }).click();
    await expect(page.getByText('No call yet.')).toBeVisible();
    const rows = page.getByRole('list', { name: calls }).getByRole('listitem');

    await page.getByRole('button', { name: 'Call the API' }).click();
    await expect(rows.first()).toContainText(/200.*eyJ…/);
    await page.getByRole('button', { name: 'Wrong origin' }).click();

    await expect(rows.first()).toContainText(/localhost.*401.*no token/);
    expect(api.requests.map(({ verdict }) => verdict)).toEqual(['valid', 'noToken']);
  },
);
