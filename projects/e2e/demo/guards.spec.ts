import { expect, test } from './demo-test';

test.describe('guards', { tag: '@long' }, () => {
  test.use({ viewport: { width: 1280, height: 900 } });

  test('a guarded page leads to sign-in and back', async ({ page }) => {
    await page.goto('/members');
    await expect(page).toHaveURL('/sign-in');

    await page.getByRole('button', { name: 'Sign in as bob' }).click();

    await expect(page.getByRole('heading', { level: 1, name: 'Members page' })).toBeVisible();
    await expect(page.getByRole('main')).toContainText('Welcome, bob');
  });

  test('a user outside of the group reads why, and gets in as another user', async ({ page, signInAs }) => {
    await signInAs('bob');
    await page.goto('/guards');
    await expect(page.getByText('Denied: bob is not in the group.')).toBeVisible();
    await page.getByRole('link', { name: 'Open the admins page' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'No access' })).toBeVisible();
    await expect(page.getByRole('main')).toContainText('bob is not in it');

    await page.getByRole('link', { name: 'Change the user' }).click();
    await page.getByRole('button', { name: 'Become carol' }).click();
    await page.getByText('Signed in', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Open the admins page' }).click();

    await expect(page.getByRole('heading', { level: 1, name: 'Admins page' })).toBeVisible();
    await expect(page.getByRole('main')).toContainText('carol is in admins');
  });

  test('a guarded page is left when another tab signs out', async ({ page, context, signInAs }) => {
    await signInAs('alice');
    await page.goto('/members');
    const other = await context.newPage();
    await other.goto('/home');
    await other.getByRole('button', { name: 'Signed in as alice' }).click();
    await other.getByRole('menuitem', { name: 'Sign out' }).click();
    await other.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();

    await expect(page).toHaveURL('/sign-in');
    await expect(page.getByRole('status', { name: 'Session' })).toContainText(
      'You signed out in another tab.',
    );
  });
});
