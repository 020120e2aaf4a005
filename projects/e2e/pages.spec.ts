import { issuedTokens } from './support/issued-tokens';
import { expect, test } from './support/test';

const PAGES = [
  { path: '/', heading: 'Session' },
  { path: '/api-call', heading: 'API call' },
  { path: '/aws', heading: 'AWS credentials' },
  { path: '/events', heading: 'Events' },
  { path: '/no-such-page', heading: 'Not found' },
];

// The console is watched by the fixture `complaints`: one error or warning fails the test.
test('no page complains while signed out', async ({ page }) => {
  for (const { path, heading } of [...PAGES, { path: '/sign-in', heading: 'Sign in' }]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await expect(page).toHaveTitle(`${heading} · ngx-cognito-session demo`);
  }
});

test('no page complains, shows a token or scrolls sideways on a phone while signed in', async ({
  page,
  demo,
  emulator,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await demo.signIn();
  for (const { path, heading } of [...PAGES, { path: '/orders', heading: 'Orders' }]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await expect(demo.who).toContainText('alice');
    const html = await page.content();
    for (const token of issuedTokens(emulator)) expect(html).not.toContain(token);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow, path).toBeLessThanOrEqual(0);
  }
});
