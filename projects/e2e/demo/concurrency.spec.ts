import { expect, test } from './demo-test';

test(
  'any number of callers costs one call to Cognito',
  { tag: '@long' },
  async ({ page, emulator, signInAs }) => {
    await signInAs('alice');
    await page.getByRole('link', { name: 'Concurrency' }).click();
    await expect(page.getByText('No caller has been fired yet.')).toBeVisible();

    for (const [index, callers] of ['5', '100', '1,000', '10,000'].entries()) {
      await page.getByRole('button', { name: `${callers} callers`, exact: true }).click();
      const result = page.getByRole('status', { name: 'Result' });
      await expect(result).toContainText(`${callers} callers of forceRefresh()`);
      await expect(result.getByTestId('calls')).toHaveText('1');
      expect(emulator.log.count('GetTokensFromRefreshToken')).toBe(index + 1);
    }

    await expect(page.getByRole('table', { name: 'Runs' }).getByRole('row')).toHaveCount(5);
  },
);

test(
  'callers whose refresh fails all get the same error',
  { tag: '@long' },
  async ({ page, emulator, signInAs, complaints }) => {
    complaints.expect(/status of 400/);
    await signInAs('alice');
    await page.getByRole('link', { name: 'Concurrency' }).click();
    emulator.changeUser('alice', { enabled: false });

    await page.getByRole('button', { name: '100 callers', exact: true }).click();

    await expect(page.getByRole('alert').filter({ hasText: 'all of them the same' })).toBeVisible();
    expect(emulator.log.count('GetTokensFromRefreshToken')).toBe(1);
  },
);
