import { advance, expect, formOf, historyOf, signInThere, test } from './login-test';

const DEEP = '/orders/7;view=full?sort=date%20desc&tag=a%26b#notes';
const SESSION = 'Signed in as alice';

test('a guarded page leads to managed login and back, and nothing of the callback remains', async ({
  page,
  emulator,
}) => {
  const referrers: { readonly to: string; readonly referrer: string }[] = [];
  page.on('request', (request) => {
    referrers.push({ to: request.url(), referrer: request.headers()['referer'] ?? '' });
  });
  await page.goto(DEEP);
  await formOf(page, emulator);
  await signInThere(page);

  await expect(page.getByRole('heading', { name: 'Orders' })).toBeVisible();
  await expect(page.getByRole('status')).toHaveText(SESSION);
  await expect(page).toHaveURL(DEEP);
  const state = emulator.log.last('oauth2/authorize')?.query['state'] ?? 'none';
  const { origin } = new URL(page.url());
  // The page's own scripts have the address of the page: it is its server that answered the callback.
  const traces = referrers.filter(({ to }) => !to.startsWith(origin) || to.includes('login-parts'));
  const urls = [
    ...(await historyOf(page)).filter((url) => url.startsWith(origin)),
    ...traces.map(({ referrer }) => referrer),
  ];
  expect(traces.length).toBeGreaterThan(2);
  expect(urls.filter((url) => url.includes('callback?'))).toEqual([]);
  expect(await page.evaluate(() => Object.keys(sessionStorage).join())).not.toContain(state);
  expect(emulator.log.last('oauth2/token')?.origin).toBe(origin);

  await page.reload();
  await expect(page.getByRole('status')).toHaveText(SESSION);
  expect(emulator.log.count('oauth2/token')).toBe(1);
});

test('a sign-out ends both sessions, and the next sign-in asks for the password', async ({
  page,
  emulator,
  baseURL,
}) => {
  await page.goto('/orders/1');
  await formOf(page, emulator);
  await signInThere(page);
  await expect(page.getByRole('status')).toHaveText(SESSION);

  await page.getByRole('button', { name: 'Sign out' }).click();

  await expect(page.getByRole('heading', { name: 'Home' })).toBeVisible();
  await expect(page).toHaveURL(`${baseURL ?? ''}/`);
  await expect(page.getByRole('status')).toHaveText('Signed out');
  expect(emulator.log.count('logout')).toBe(1);
  await emulator.log.whenEnded('RevokeToken', 1);
  expect(emulator.liveRefreshTokens()).toEqual([]);

  await page.getByRole('link', { name: 'Orders' }).click();
  await formOf(page, emulator);
  await signInThere(page);
  await expect(page.getByRole('heading', { name: 'Orders' })).toBeVisible();
  await expect(page.getByRole('status')).toHaveText(SESSION);
});

test('a sign-in that the user cancels shows the page of the app, and the next one leads where the first would have', async ({
  page,
  emulator,
}) => {
  await page.goto(DEEP);
  await formOf(page, emulator);
  await page.getByRole('button', { name: 'Cancel' }).click();

  await expect(page.getByRole('heading', { name: 'Problem' })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveText('signInCancelled');
  await expect(page).toHaveURL('/callback');

  await page.getByRole('button', { name: 'Try again' }).click();
  await formOf(page, emulator);
  await signInThere(page);
  await expect(page).toHaveURL(DEEP);
});

test.describe('managed login', { tag: '@long' }, () => {
  test('is asked for a provider and a language', async ({ page, emulator }) => {
    await page.goto('/');
    await page.getByRole('button', { name: 'Google' }).click();

    await expect(page.getByRole('heading', { name: 'Sign in with Google' })).toBeVisible();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await signInThere(page);
    await expect(page.getByRole('status')).toHaveText(SESSION);
    await expect(page).toHaveURL('/');
    expect(emulator.log.count('oauth2/token')).toBe(1);
  });

  test('shows no form to a user whom it remembers', async ({ page, emulator }) => {
    await page.goto('/orders/1');
    await formOf(page, emulator);
    await signInThere(page);
    await expect(page.getByRole('status')).toHaveText(SESSION);
    await page.goto('/');
    await expect(page.getByRole('status')).toHaveText(SESSION);
    // As in another browser profile: the session of the app is gone, and nothing says that the user has signed out.
    await page.evaluate(async () => {
      localStorage.clear();
      for (const { name } of await indexedDB.databases())
        if (name !== undefined) indexedDB.deleteDatabase(name);
    });

    await page.goto('/orders/2');

    await expect(page.getByRole('heading', { name: 'Orders' })).toBeVisible();
    await expect(page).toHaveURL('/orders/2');
    expect(emulator.log.count('login')).toBe(1);
  });

  test('leads back with a code that has expired', async ({ page, emulator, complaints }) => {
    complaints.expect(/status of 400/);
    await page.goto('/orders/1');
    await formOf(page, emulator);
    const barrier = emulator.hold('oauth2/token');
    await signInThere(page);
    await barrier.arrived(1);
    advance(emulator, 5 * 60_000);
    await barrier.open();

    await expect(page.getByRole('alert')).toHaveText('callbackInvalid');
    await expect(page).toHaveURL('/callback');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page).toHaveURL('/orders/1');
  });

  test('leads back to two tabs at once, each to its own page', async ({ page, context, emulator }) => {
    const other = await context.newPage();
    await page.goto('/orders/1');
    await other.goto('/orders/2');
    await formOf(page, emulator);
    await formOf(other, emulator);

    await signInThere(other);
    await signInThere(page);

    await expect(other).toHaveURL('/orders/2');
    await expect(page).toHaveURL('/orders/1');
    for (const each of [page, other]) await expect(each.getByRole('status')).toHaveText(SESSION);
    expect(emulator.log.count('oauth2/token')).toBe(2);
  });

  test('is left by the back button, and the app is as it was', async ({ page, emulator }) => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Orders' }).click();
    await formOf(page, emulator);

    await page.goBack();
    await expect(page.getByRole('heading', { name: 'Home' })).toBeVisible();
    await page.getByRole('link', { name: 'Orders' }).click();
    await formOf(page, emulator);
    await signInThere(page);

    await expect(page).toHaveURL('/orders/1');
  });
});

test.describe('a callback', { tag: '@long' }, () => {
  test('with a wrong state shows the page of the app, and sends nothing', async ({ page, emulator }) => {
    await page.goto('/callback?code=abc&state=forged');

    await expect(page.getByRole('alert')).toHaveText('callbackInvalid');
    await expect(page).toHaveURL('/callback');
    expect(emulator.log.calls()).toEqual([]);
  });

  test('that is loaded again leads a user who is signed in to the start', async ({ page, emulator }) => {
    const urls: string[] = [];
    page.on('framenavigated', (frame) => urls.push(frame.url()));
    await page.goto('/orders/1');
    await formOf(page, emulator);
    await signInThere(page);
    await expect(page.getByRole('status')).toHaveText(SESSION);
    const callback = urls.find((url) => url.includes('/callback?'));

    await page.goto(callback ?? 'none:');

    await expect(page.getByRole('heading', { name: 'Home' })).toBeVisible();
    await expect(page.getByRole('status')).toHaveText(SESSION);
    await expect(page).toHaveURL('/');
    expect(emulator.log.count('oauth2/token')).toBe(1);
  });
});

test.describe('a sign-out', { tag: '@long' }, () => {
  test('works although managed login has forgotten the user', async ({ page, context, emulator }) => {
    await page.goto('/orders/1');
    await formOf(page, emulator);
    await signInThere(page);
    await expect(page.getByRole('status')).toHaveText(SESSION);
    await context.clearCookies();

    await page.getByRole('button', { name: 'Sign out' }).click();

    await expect(page.getByRole('heading', { name: 'Home' })).toBeVisible();
    await expect(page.getByRole('status')).toHaveText('Signed out');
    await page.getByRole('button', { name: 'Sign in here' }).click();
    await formOf(page, emulator);
    await signInThere(page);
    await expect(page.getByRole('status')).toHaveText(SESSION);
  });

  test.describe('that leads back to a guarded page', () => {
    test.use({ logoutPath: '/orders/1' });

    test('leads to the form of managed login, once', async ({ page, emulator }) => {
      await page.goto('/orders/2');
      await formOf(page, emulator);
      await signInThere(page);
      await expect(page.getByRole('status')).toHaveText(SESSION);

      await page.getByRole('button', { name: 'Sign out' }).click();

      await formOf(page, emulator);
      await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
      expect(emulator.log.last('oauth2/authorize')?.query['prompt']).toBe('login');
      expect([emulator.log.count('logout'), emulator.log.count('oauth2/authorize')]).toEqual([1, 2]);
    });
  });

  test('leads to sign-in if the user chooses to stay on a guarded page', async ({ page, emulator }) => {
    await page.goto('/orders/1');
    await formOf(page, emulator);
    await signInThere(page);
    await expect(page.getByRole('status')).toHaveText(SESSION);
    await page.evaluate(() => {
      addEventListener('beforeunload', (event) => {
        event.preventDefault();
      });
    });
    const questions: string[] = [];
    page.on('dialog', (dialog) => {
      questions.push(dialog.type());
      void (questions.length === 1 ? dialog.dismiss() : dialog.accept());
    });

    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect.poll(() => questions).toEqual(['beforeunload', 'beforeunload']);

    await formOf(page, emulator);
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
    expect(emulator.log.count('logout')).toBe(0);
    expect(emulator.log.last('oauth2/authorize')?.query['prompt']).toBe('login');
  });

  test('shows no page of the user after the back button', async ({ page, emulator }) => {
    await page.goto('/orders/1');
    await formOf(page, emulator);
    await signInThere(page);
    await expect(page.getByRole('status')).toHaveText(SESSION);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { name: 'Home' })).toBeVisible();

    await page.goBack({ waitUntil: 'commit' });

    await formOf(page, emulator);
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  });

  test('ends the session in the other tab as well', async ({ page, context, emulator }) => {
    await page.goto('/orders/1');
    await formOf(page, emulator);
    await signInThere(page);
    const other = await context.newPage();
    await other.goto('/orders/2');
    await expect(other.getByRole('status')).toHaveText(SESSION);

    await page.getByRole('button', { name: 'Sign out' }).click();

    await formOf(other, emulator);
    await expect(other.getByRole('button', { name: 'Sign in' })).toBeVisible();
    await expect(page.getByRole('status')).toHaveText('Signed out');
  });
});
