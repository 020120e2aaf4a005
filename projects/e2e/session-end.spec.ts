import type { Page } from '@playwright/test';
import { startLocalBackend } from '../demo/start/local-backend';
import { DemoPage } from './support/demo-page';
import { expect, test as base } from './support/test';

const OTHER_USER = { username: 'bob', password: 'Correct-horse-2' };

/** A Cognito with a second user. */
const test = base.extend({
  backend: async ({ tokenSeconds }, use) => {
    const backend = await startLocalBackend(tokenSeconds, [OTHER_USER]);
    await use(backend);
    await backend.close();
  },
});

const ORDERS = '/orders?status=open#order-1042';
const orders = (page: Page) => page.getByRole('heading', { name: 'Orders' });

/** Opens the guarded page, whose component this test can tell from one that is made later. */
async function openOrders(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Orders' }).click();
  await expect(page).toHaveURL(ORDERS);
  await orders(page).evaluate((heading) => {
    heading.closest('app-orders-page')?.setAttribute('data-of', 'alice');
  });
}

/** Counts the frames, and the changes of the document between them, that show a page of alice with the name of bob. */
async function watchMixture(page: Page): Promise<() => Promise<{ looks: number; mixtures: number }>> {
  await page.evaluate(() => {
    const counts = { looks: 0, mixtures: 0 };
    const look = () => {
      counts.looks++;
      const name = document.querySelector('header [role=status]')?.textContent ?? '';
      if (name.includes('bob') && document.querySelector('[data-of=alice]') !== null) counts.mixtures++;
    };
    const frame = () => {
      look();
      requestAnimationFrame(frame);
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
    frame();
    Object.assign(globalThis, { counts });
  });
  return () =>
    page.evaluate(() => (globalThis as unknown as { counts: { looks: number; mixtures: number } }).counts);
}

test('signing out on a guarded page leads to sign-in, which says so, and back', async ({ page, demo }) => {
  await demo.signIn();
  await openOrders(page);

  await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();

  await expect(page).toHaveURL('/sign-in');
  await expect(orders(page)).toHaveCount(0);
  await expect(page.getByRole('main').getByRole('status')).toHaveText('You signed out.');
  await demo.submitCredentials();
  await expect(page).toHaveURL(ORDERS);
});

test('signing out in another tab leaves a guarded page', async ({ page, context, demo }) => {
  await demo.signIn();
  await openOrders(page);
  const other = await context.newPage();
  await other.goto('/');

  await other.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();

  await expect(page).toHaveURL('/sign-in');
  await expect(orders(page)).toHaveCount(0);
  await expect(page.getByRole('main').getByRole('status')).toHaveText('You signed out in another tab.');
  // That page has no guard.
  await expect(other).toHaveURL('/');
});

test('the page of a user is gone before another user of another tab is shown', async ({
  page,
  context,
  demo,
}) => {
  const other = new DemoPage(await context.newPage());
  await other.page.goto('/sign-in');
  await other.formIsReady();
  await demo.signIn();
  await expect(other.who).toContainText('alice');
  await openOrders(page);
  const counted = await watchMixture(page);

  await other.submitCredentials(OTHER_USER.username, OTHER_USER.password);

  await expect(demo.who).toContainText('bob');
  await expect(orders(page)).toBeVisible();
  await expect(page).toHaveURL(ORDERS);
  await expect(page.locator('[data-of=alice]')).toHaveCount(0);
  const { looks, mixtures } = await counted();
  expect(looks).toBeGreaterThan(0);
  expect(mixtures).toBe(0);
});
