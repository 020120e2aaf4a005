import { expect, test } from './demo-test';

const openMenu = 'Signed in as alice';

test('an offline sign-out everywhere says that it did not happen, and the user stays signed in', async ({
  page,
  context,
  emulator,
  signInAs,
  complaints,
}) => {
  complaints.expect(/ERR_INTERNET_DISCONNECTED/);
  await signInAs('alice');
  await page.getByRole('button', { name: openMenu }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('radio', { name: 'Everywhere' }).check();
  await context.setOffline(true);

  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();

  await expect(page.getByRole('alert').filter({ hasText: 'no device was signed out' })).toBeVisible();
  expect(emulator.liveRefreshTokens({ username: 'alice' })).toHaveLength(1);

  await context.setOffline(false);
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible();
  expect(emulator.log.calls('GlobalSignOut').map(({ status }) => status)).toEqual([200]);
  expect(emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
});

test('managed login signs in and leads back to the demo', { tag: '@long' }, async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in with managed login' }).click();
  await page.getByLabel('Username').fill('bob');
  await page.getByLabel('Password').fill('Correct-horse-2');
  await page.getByRole('button', { name: 'Sign in' }).click();

  await expect(page.getByRole('button', { name: 'Signed in as bob' })).toBeVisible();
  await expect(page).toHaveURL('/overview');
});

test('the theme is remembered', { tag: '@long' }, async ({ page }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.goto('/home');
  const light = await background();
  await page.getByRole('button', { name: 'Theme: system' }).click();
  await page.getByRole('button', { name: 'Theme: light' }).click();
  await page.getByRole('button', { name: 'Theme: dark' }).waitFor();

  await page.reload();

  await page.getByRole('button', { name: 'Theme: dark' }).waitFor();
  expect(await background()).not.toBe(light);
});

test(
  'on a phone the navigation is a drawer that closes with Escape',
  { tag: '@long' },
  async ({ page, expectAccessible }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto('/home');
    await page.getByRole('button', { name: 'Menu' }).click();
    await expect(page.getByRole('dialog').getByRole('link', { name: 'Events' })).toBeVisible();
    await expectAccessible();

    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.getByRole('button', { name: 'Menu' }).press('Enter');
    await page.getByRole('dialog').getByRole('link', { name: 'Events' }).click();

    await expect(page.getByRole('heading', { level: 1, name: 'Events' })).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  },
);

test(
  'the sign-in page is accessible, and takes a wrong password',
  { tag: '@long' },
  async ({ page, complaints, expectAccessible }) => {
    complaints.expect(/status of 400/);
    await page.goto('/sign-in');
    await page.getByLabel('User name').fill('alice');
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();

    await expect(
      page.getByRole('alert').filter({ hasText: 'User name or password is wrong.' }),
    ).toBeVisible();
    await expectAccessible();
  },
);
