import { PASSWORD, USERNAME } from './support/demo-page';
import { expect, test } from './support/test';

test('signs in by one real call and shows who it is', async ({ page, demo, emulator }) => {
  await page.goto('/');
  await expect(demo.who).toHaveText(/Signed out/);
  await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).click();
  await demo.submitCredentials();

  await expect(demo.who).toContainText('alice@example.com');
  await expect(page).toHaveURL('/');
  await expect(demo.state).toContainText('Signed in');
  await expect(page.getByRole('region', { name: 'Session' })).toContainText('editors');
  expect(emulator.log.calls().map(({ operation, status }) => [operation, status])).toEqual([
    ['InitiateAuth', 200],
  ]);
});

test('a wrong password is refused in words, and the form can be used again', async ({
  page,
  demo,
  complaints,
}) => {
  complaints.expect(/status of 400/);
  await page.goto('/sign-in');
  await demo.submitCredentials(USERNAME, 'wrong');

  await expect(page.getByRole('alert')).toHaveText('User name or password is wrong.');
  await expect(page.getByLabel('User name')).toBeFocused();
  expect(await demo.storedItems()).toEqual([]);

  await demo.submitCredentials();
  await expect(demo.who).toContainText(USERNAME);
});

test('empty fields never leave the page', async ({ page, demo, emulator }) => {
  await page.goto('/sign-in');
  await demo.submitCredentials('', '');

  await expect(page.getByRole('alert')).toHaveText('Please enter user name and password.');
  expect(emulator.log.count()).toBe(0);
});

test('signs in with the keyboard alone', async ({ page, demo }) => {
  await page.goto('/');
  await expect(demo.state).toContainText('Signed out');

  // Each stop is reached by Tab and named, so a control that cannot be reached fails here.
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  const toSignIn = page.getByRole('banner').getByRole('link', { name: 'Sign in' });
  for (const name of [/ngx-cognito-session/, 'Session', 'API call', 'Orders', 'AWS', 'Events']) {
    await page.keyboard.press('Tab');
    await expect(page.getByRole('banner').getByRole('link', { name, exact: true }).first()).toBeFocused();
  }
  await page.keyboard.press('Tab');
  await expect(toSignIn).toBeFocused();
  await page.keyboard.press('Enter');

  await expect(page.getByRole('main')).toBeFocused();
  await demo.formIsReady();
  await page.keyboard.press('Tab');
  await page.keyboard.type(USERNAME);
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');

  await expect(demo.who).toContainText(USERNAME);
});

test(
  'a reload keeps the session, without a call to Cognito',
  { tag: '@long' },
  async ({ page, demo, emulator }) => {
    await demo.signIn();
    const calls = emulator.log.count();

    await page.reload();

    await expect(demo.who).toContainText(USERNAME);
    await expect(demo.state).toContainText('Signed in');
    await expect(demo.countdown).toHaveText(/^(59:\d\d|1:00:00)$/);
    expect(emulator.log.count()).toBe(calls);
  },
);
