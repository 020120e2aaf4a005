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
