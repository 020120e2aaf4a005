import { expect, test } from './server-sessions-test';

// Managed login is another site for this name, so that the browser keeps Strict cookies back on the way from there.
test.use({ exampleOptions: { hostname: 'localhost', sameSite: 'Strict' } });

test(
  'a Strict cookie reaches the page behind managed login, which is rendered signed in',
  { tag: '@long' },
  async ({ page, context, signIn, username }) => {
    const rendered: Promise<string>[] = [];
    const sentCookies: Promise<string | undefined>[] = [];
    page.on('response', (response) => {
      const request = response.request();
      if (!request.isNavigationRequest() || new URL(response.url()).pathname !== '/account') return;
      sentCookies.push(request.headerValue('cookie').then((cookie) => cookie ?? undefined));
      rendered.push(response.status() === 200 ? response.text() : Promise.resolve(''));
    });

    await signIn(page);

    expect((await Promise.all(sentCookies)).at(-1)).toContain('dev-session=');
    expect((await Promise.all(rendered)).at(-1)).toContain(`Signed in as ${username}`);
    const cookies = await context.cookies();
    expect(cookies.find(({ name }) => name === 'dev-session')?.sameSite).toBe('Strict');
  },
);
