import { createHash } from 'node:crypto';
import { expect, test } from './support/test';

const VERIFIER = 'a-verifier-of-at-least-forty-three-characters-1';

/** The emulator's managed login pages, used as an app would use them: by navigation, and `fetch` from another origin. */
test(
  'signs in on the managed login pages with PKCE, and out again',
  { tag: '@long' },
  async ({ page, baseURL, emulator }) => {
    const redirectUri = `${baseURL ?? ''}/`;
    const authorizeUrl = `${emulator.url}/oauth2/authorize?${new URLSearchParams({
      response_type: 'code',
      client_id: emulator.clientId,
      redirect_uri: redirectUri,
      scope: 'openid aws.cognito.signin.user.admin',
      state: 'some state & more',
      code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
      code_challenge_method: 'S256',
    }).toString()}`;

    await page.goto(authorizeUrl);
    await page.getByLabel('Username').fill('alice');
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByText('Incorrect username or password.')).toBeVisible();
    await page.getByLabel('Username').fill('alice');
    await page.getByLabel('Password').fill('Correct-horse-1');
    await page.getByRole('button', { name: 'Sign in' }).click();

    await page.waitForURL(
      (url) => url.origin === new URL(redirectUri).origin && url.searchParams.has('code'),
    );
    const answer = new URL(page.url()).searchParams;
    expect(answer.get('state')).toBe('some state & more');

    const tokens = await page.evaluate(
      async ([url, form]) => {
        const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
        return (await response.json()) as { access_token: string; refresh_token: string };
      },
      [
        `${emulator.url}/oauth2/token`,
        {
          grant_type: 'authorization_code',
          client_id: emulator.clientId,
          redirect_uri: redirectUri,
          code: answer.get('code') ?? '',
          code_verifier: VERIFIER,
        },
      ] as const,
    );
    expect(emulator.accessTokenStatus(tokens.access_token).isValid).toBe(true);

    // Signed in there: no form. Signed out: the form again.
    await page.goto(authorizeUrl);
    await page.waitForURL((url) => url.searchParams.has('code'));
    await page.goto(
      `${emulator.url}/logout?${new URLSearchParams({ client_id: emulator.clientId, logout_uri: redirectUri }).toString()}`,
    );
    await page.goto(authorizeUrl);
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  },
);
