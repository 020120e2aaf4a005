import { expect, test } from './server-sessions-test';

test('after a sign-out no tab shows the user, and the back button brings no page of theirs back', async ({
  page,
  context,
  signIn,
  username,
  example,
}) => {
  const { emulator } = example.aws;
  const shown: string[] = [];
  // What every document shows first, whether it is loaded or taken from the back-forward cache.
  await context.exposeFunction('shows', (text: string) => shown.push(text));
  await context.addInitScript(() => {
    addEventListener('pageshow', () => {
      (window as unknown as { shows: (text: string) => void }).shows(document.body.innerText);
    });
  });
  await signIn(page);
  const { refresh = '' } = emulator.log.last('oauth2/token')?.tokensOut ?? {};
  const other = await context.newPage();
  await other.goto('/account');
  await expect(other.getByRole('heading')).toHaveText('Account');
  // A page of its own in the history.
  await page.goto('/devices');
  await expect(page.getByRole('row')).toHaveCount(2);

  await page.getByRole('button', { name: 'Sign out', exact: true }).click();

  await expect(other.getByText('You have signed out in another tab.')).toBeVisible();
  await expect(other.locator('#user')).toHaveText('Signed out');
  await expect(page.locator('#user')).toHaveText('Signed out');
  await expect.poll(() => emulator.liveRefreshTokens({ familyOf: refresh })).toEqual([]);
  // Managed login signs the user out as well, and leads back to a new page.
  await emulator.log.whenEnded('logout');
  await expect(page.getByText('You have signed out.')).toBeHidden();
  await expect(page.locator('#user')).toHaveText('Signed out');

  shown.length = 0;
  // Back at a guarded page the user is asked to sign in. How many entries the history has depends on how fast pages are left.
  const signedOut = page.getByText('Signed out').or(page.getByRole('heading', { name: 'Sign in' }));
  const isAtStart = () => page.url() === 'about:blank';
  for (let steps = 0; steps < 3 && !isAtStart(); steps += 1) {
    // The app leaves a guarded page while it loads, which counts as aborted.
    await page.goBack({ waitUntil: 'commit' }).catch(() => null);
    await expect.poll(async () => isAtStart() || (await signedOut.first().isVisible())).toBe(true);
  }
  await expect(() => page.goto('/')).toPass();
  await expect(page.locator('#user')).toHaveText('Signed out');
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.join()).not.toContain(username);
});

test('a session that ends on the server ends on the page', async ({
  page,
  signIn,
  username,
  example,
  complaints,
}) => {
  complaints.push(/status of 401/);
  await signIn(page);
  example.aws.emulator.changeUser(username, { enabled: false });
  await example.pass(3_600_000);

  await page.getByRole('button', { name: 'Call the API' }).click();

  await expect(page.getByText('Your session has ended.')).toBeVisible();
  await expect(page.locator('#user')).toHaveText('Signed out');
  await page.reload();
  await expect(page.locator('#user')).toHaveText('Signed out');
});
