import { expect, test } from './demo-test';

test(
  'one click breaks Cognito, and the user stays signed in',
  { tag: '@long' },
  async ({ page, emulator, signInAs, complaints }) => {
    complaints.expect(/status of 500/);
    await page.goto('/home');
    await expect(page.getByRole('list', { name: 'Figures' }).getByRole('listitem')).toHaveCount(3);
    await signInAs('bob');
    await page.goto('/home');

    await page.getByRole('button', { name: 'Break Cognito' }).click();

    await expect(page.getByRole('status', { name: 'What happened' })).toContainText(
      'Cognito answered 500, then 200. You are still signed in, with new tokens.',
    );
    expect(emulator.log.calls('GetTokensFromRefreshToken').map(({ status }) => status)).toEqual([500, 200]);
  },
);

test(
  'a sign-out while the library waits for its next try is said, and the button is free again',
  { tag: '@long' },
  async ({ page, context, emulator, signInAs, complaints }) => {
    complaints.expect(/status of 500/);
    await signInAs('bob');
    await page.goto('/home');
    const other = await context.newPage();
    await other.goto('/home');
    await page.getByRole('button', { name: 'Break Cognito' }).click();
    await expect.poll(() => emulator.log.count('GetTokensFromRefreshToken')).toBe(1);

    await other.getByRole('button', { name: 'Signed in as bob' }).click();
    await other.getByRole('menuitem', { name: 'Sign out' }).first().click();
    await other.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();

    await expect(page.getByRole('status', { name: 'What happened' })).toContainText(
      'there are no new tokens. You signed out in another tab.',
    );
  },
);
