import { expect, PASSWORD, takenOver, test } from './server-sessions-test';

// Managed login is another site for this name, so that the browser keeps Strict cookies back on the way from there.
test.use({ exampleOptions: { hostname: 'localhost', sameSite: 'Strict' } });

test(
  'a Strict cookie reaches the page behind managed login, which is rendered signed in',
  { tag: '@long' },
  async ({ page, context, username }) => {
    await page.goto('/account');
    await page.getByLabel('Username').fill(username);
    await page.getByLabel('Password').fill(PASSWORD);

    const [arrival] = await Promise.all([
      page.waitForResponse((response) => new URL(response.url()).pathname === '/account'),
      page.getByRole('button', { name: 'Sign in' }).click(),
    ]);

    expect(await arrival.request().headerValue('cookie')).toContain('dev-session=');
    expect(await arrival.text()).toContain(`Signed in as ${username}`);
    await takenOver(page);
    const cookies = await context.cookies();
    expect(cookies.find(({ name }) => name === 'dev-session')?.sameSite).toBe('Strict');
  },
);
