import { expect, test } from './support/test';

const ATTEMPTED = '/orders?status=open&sort=date%20desc#order-1042';

test('the guard sends to sign-in and afterwards back to the full attempted URL', async ({ page, demo }) => {
  await page.goto(ATTEMPTED);
  await expect(page).toHaveURL('/sign-in');
  await expect(page.getByRole('heading', { name: 'Orders' })).toHaveCount(0);
  await demo.submitCredentials();

  await expect(page).toHaveURL(ATTEMPTED);
  await expect(page.getByRole('row', { name: /1042/ })).toHaveAttribute('aria-current', 'true');
  await expect(page.getByRole('row')).toHaveCount(4);
});

test('the attempted URL survives a reload of the sign-in page', { tag: '@long' }, async ({ page, demo }) => {
  await page.goto(ATTEMPTED);
  await expect(page).toHaveURL('/sign-in');
  await page.reload();
  await demo.submitCredentials();

  await expect(page).toHaveURL(ATTEMPTED);
});

test('a reload of a guarded page stays on it', { tag: '@long' }, async ({ page, demo }) => {
  await demo.signIn();
  await page.goto(ATTEMPTED);
  await page.reload();

  await expect(page.getByRole('heading', { name: 'Orders' })).toBeVisible();
  await expect(page).toHaveURL(ATTEMPTED);
});

test('a signed-in user does not get the sign-in page', { tag: '@long' }, async ({ page, demo }) => {
  await demo.signIn();
  await page.goto('/sign-in');

  await expect(demo.state).toContainText('Signed in');
  await expect(page).toHaveURL('/');
});

test('a session that ends under a guarded page takes the page away', async ({
  page,
  demo,
  emulator,
  passTime,
  complaints,
}) => {
  complaints.expect(/status of 400/);
  await page.clock.install();
  await demo.signIn();
  await page.getByRole('link', { name: 'Orders' }).click();
  await expect(page.getByRole('heading', { name: 'Orders' })).toBeVisible();

  emulator.faults.add('GetTokensFromRefreshToken', { kind: 'error', type: 'NotAuthorizedException' });
  await passTime(59 * 60_000);

  await expect(page).toHaveURL('/sign-in');
  await expect(page.getByRole('heading', { name: 'Orders' })).toHaveCount(0);
});
