import { expect, test } from './support/test';

test(
  'while the configuration is loading nothing is claimed about the session',
  { tag: '@long' },
  async ({ page, demo }) => {
    let answer: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      void page.route('**/config.json', async (route) => {
        resolve();
        await new Promise<void>((release) => (answer = release));
        await route.continue();
      });
    });
    await page.goto('/');
    await asked;

    await expect(demo.state).toContainText('Restoring');
    await expect(demo.who).toContainText('Looking for a session');
    answer();
    await expect(demo.state).toContainText('Signed out');
  },
);

test(
  'a configuration that cannot be loaded is said, not hidden',
  { tag: '@long' },
  async ({ page, demo, complaints }) => {
    complaints.expect(/status of 503|config\.json/);
    await page.route('**/config.json', (route) => route.fulfill({ status: 503, body: 'Sorry' }));
    await page.goto('/');

    await expect(demo.state).toContainText('The configuration could not be loaded.');
  },
);
