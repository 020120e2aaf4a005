import { USERNAME } from './support/demo-page';
import { expect, test } from './support/test';

const byUser = (event: string) => new RegExp(`${event}.*${USERNAME}`);

test('the event log lists what happens, newest first', { tag: '@long' }, async ({ page, demo }) => {
  await demo.signIn();
  await page.getByRole('button', { name: 'Renew now' }).click();
  await expect(demo.renewals).toHaveText('1');
  await page.getByRole('link', { name: 'Events' }).click();

  const entries = page.getByRole('log').getByRole('listitem');
  await expect(entries).toHaveText([byUser('tokenRefreshed'), byUser('signedIn')]);

  await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Events' }).click();
  await expect(entries).toHaveText([/signedOut/, /tokenRefreshed/, /signedIn/]);
});

test('a restored session is an event of its own', { tag: '@long' }, async ({ page, demo }) => {
  await demo.signIn();
  await page.goto('/events');

  await expect(page.getByRole('log').getByRole('listitem')).toHaveText([byUser('sessionRestored')]);
});
