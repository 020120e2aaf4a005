import { expect, test } from './demo-test';

test('a refresh is seen in all tabs, also in the one that did not do it', async ({
  page,
  context,
  signInAs,
}) => {
  await signInAs('alice');
  const other = await context.newPage();
  await other.goto('/overview');
  await expect(other.getByText('Tab 1, Tab 2 (this one)')).toBeVisible();

  await page.getByRole('button', { name: 'Refresh now' }).click();

  for (const tab of [page, other]) await expect(tab.getByTestId('refreshes')).toHaveText('1');
  await expect(page.getByRole('list', { name: 'Latest' })).toContainText('Tab 1 tokenRefreshed');
  await expect(other.getByRole('list', { name: 'Latest' })).toContainText('Tab 1 tokenRefreshed');
  await expect(other.getByRole('list', { name: 'Latest' })).toContainText(
    'Cognito GetTokensFromRefreshToken: 200',
  );
  await expect(other.locator('.chart canvas')).toBeVisible();
  await page.close();
  await expect(other.getByText('Tab 2 (this one)', { exact: true })).toBeVisible();
});

test(
  'rings count down to the ends of tokens and AWS credentials',
  { tag: '@long' },
  async ({ page, signInAs }) => {
    await signInAs('alice');

    for (const name of ['Access token', 'ID token', 'AWS credentials'])
      await expect(page.getByRole('timer', { name: `${name}, time left` })).toHaveText(/^(59|1:00):\d\d$/);
  },
);

test(
  'during an outage every page says so, with the time to the next try',
  { tag: '@long' },
  async ({ page, emulator, signInAs, complaints, passTime }) => {
    complaints.expect(/ERR_|status of/);
    await page.clock.install();
    await signInAs('alice');
    emulator.faults.add('GetTokensFromRefreshToken', { kind: 'status', status: 503, times: 1000 });

    await passTime(3_700_000);

    const banner = page.getByRole('status', { name: 'Session' });
    await expect(banner).toContainText('You stay signed in, and the refresh is tried again.');
    await expect(banner).toContainText(/Next try in \d+ s/);
    emulator.faults.clear();
    await expect(async () => {
      await page.clock.fastForward(60_000);
      await expect(banner).toBeEmpty({ timeout: 1000 });
    }).toPass();
  },
);

test('a session that Cognito has ended says so on every page', async ({
  page,
  emulator,
  signInAs,
  complaints,
}) => {
  complaints.expect(/status of 400/);
  await signInAs('alice');
  emulator.changeUser('alice', { enabled: false });

  await page.getByRole('button', { name: 'Refresh now' }).click();

  const banner = page.getByRole('status', { name: 'Session' });
  await expect(banner).toContainText('The session has ended. Please sign in again.');
  await banner.getByRole('link', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await expect(banner).toContainText('The session has ended.');
});
