import { callApi, expect, fillIn, hello, PASSWORD, test } from './server-sessions-test';

test('a deep link leads to managed login and back, and is rendered signed in without a script', async ({
  page,
  context,
  browser,
  example: { url: baseURL },
  username,
}) => {
  await page.goto('/account?from=mail');
  await fillIn(page, username);

  await expect(page).toHaveURL(`${baseURL}/account?from=mail`);
  await expect(page.getByRole('heading')).toHaveText('Account');

  const plain = await browser.newContext({
    baseURL,
    javaScriptEnabled: false,
    storageState: await context.storageState(),
  });
  const plainPage = await plain.newPage();
  const answer = await plainPage.goto('/account');
  await expect(plainPage.locator('#user')).toHaveText(`Signed in as ${username}`);
  await expect(plainPage.getByRole('definition').first()).toHaveText(username);
  expect(answer?.headers()['cache-control']).toBe('no-store');
  expect(answer?.headers()['vary']).toContain('Cookie');
  await plain.close();
});

test('the page that a server has rendered signed in stays as it is', async ({ page, signIn, username }) => {
  await signIn(page);
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => {
      const text = document.querySelector('#user')?.textContent ?? 'nothing';
      if (document.querySelector('header') !== null && seen.at(-1) !== text) seen.push(text);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });

  await page.reload();
  await callApi(page, hello(username));

  expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([
    `Signed in as ${username}`,
  ]);
});

test('a tab that shows the user signed out learns of the sign-in in another tab', async ({
  page,
  context,
  signIn,
  username,
}) => {
  await page.goto('/');
  await expect(page.locator('#user')).toHaveText('Signed out');

  await signIn(await context.newPage());

  await expect(page.locator('#user')).toHaveText(`Signed in as ${username}`);
});

test('a sign-in whose session the server does not see ends in the app, and the user can try again', async ({
  page,
  context,
  example: { url: baseURL, aws },
  username,
}) => {
  // Planted by another program of this host. The server accepts none of two cookies that differ.
  const planted = { name: 'dev-session', value: 'planted', domain: '127.0.0.1' };
  await context.addCookies(['/auth', '/account'].map((path) => ({ ...planted, path })));
  await page.goto('/account');

  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();

  await expect(page.getByRole('alert')).toHaveText(/^Signing in did not work/);
  await expect(page.locator('#user')).toHaveText('Signed out');
  await expect(page).toHaveURL(`${baseURL}/`);
  expect(aws.emulator.log.count('oauth2/token')).toBe(3);

  await context.clearCookies({ name: planted.name });
  await page.getByRole('link', { name: 'Sign in' }).click();
  await expect(page.locator('#user')).toHaveText(`Signed in as ${username}`);
});
