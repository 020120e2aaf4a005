import { issuedTokens } from '../support/issued-tokens';
import { expect, test } from './demo-test';

test(
  'a session on the server leaves no token in the browser',
  { tag: '@long' },
  async ({ page, context, emulator, api }) => {
    await page.goto('/server-session');
    await page.getByRole('link', { name: 'Sign in on the server' }).click();
    await page.getByLabel('Username').fill('carol');
    await page.getByLabel('Password').fill('Correct-horse-3');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL('/server-session');
    const card = page.getByRole('group', { name: 'Session on the server' });
    await expect(card).toContainText('carol@example.com');
    await expect(page.getByRole('group', { name: 'What a script of this page gets' })).toContainText(
      'tokensOnServer',
    );

    await page.getByRole('button', { name: 'Call the API through the server' }).click();

    await expect(page.getByRole('status', { name: 'Answer' })).toContainText('200: the API greets carol.');
    expect(api.requests.at(-1)).toMatchObject({ status: 200, wasTokenValid: true });
    const stored = JSON.stringify(await context.storageState({ indexedDB: true }));
    const html = await page.content();
    const tokens = issuedTokens(emulator);
    expect(tokens.length).toBeGreaterThan(0);
    for (const token of tokens) {
      expect(stored).not.toContain(token);
      expect(html).not.toContain(token);
    }
    const cookies = await context.cookies();
    expect(cookies.find(({ name }) => name === 'dev-session')).toMatchObject({ httpOnly: true });

    await page.getByRole('button', { name: 'Sign out of the server' }).click();
    await expect(page.getByRole('link', { name: 'Sign in on the server' })).toBeVisible();
    expect(emulator.liveRefreshTokens({ username: 'carol' })).toEqual([]);
  },
);
