import { chromium, type Page, type Route } from '@playwright/test';
import { startEmulator, startSampleApi } from 'cognito-emulator';
import type { Pool } from './pool-of';

const user = { username: 'alice', password: 'Correct-horse-1' };

/** Answers a call to a public address from a local server, so that the code under test is the document's, unchanged. */
const answerFrom = (url: string) => async (route: Route) => {
  const { pathname, search } = new URL(route.request().url());
  await route.fulfill({ response: await route.fetch({ url: `${url}${pathname}${search}` }) });
};

/** What a reader who follows the quick start does first, and what the text promises to see. */
async function follow(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByText('You are signed out.').waitFor();

  // The guard keeps the attempted page and comes back to it after sign-in.
  await page.goto(`${url}/account`);
  await page.waitForURL(`${url}/sign-in*`);
  await page.getByLabel('User name').fill(user.username);
  await page.getByLabel('Password').fill(user.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${url}/account`);
  await page.getByText(`Signed in as ${user.username}`).waitFor();
  await page
    .locator('pre')
    .filter({ hasText: `"username": "${user.username}"` })
    .waitFor();

  await page.reload();
  await page.getByText(`Signed in as ${user.username}`).waitFor();

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('You are signed out.').waitFor();
}

/** Runs the quick start in a real browser against the local Cognito; throws at the first thing that is not as promised. */
export async function browseQuickStart(url: string, pool: Pool, executablePath: string): Promise<void> {
  const emulator = await startEmulator({
    pools: [{ id: pool.userPoolId, clients: [{ clientId: pool.clientId }], users: [user] }],
  });
  const api = await startSampleApi({ emulator });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    // Only what never comes is meant to be noticed, on the slowest machine as well.
    page.setDefaultTimeout(10 * 60_000);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    await page.route(`https://cognito-idp.${pool.region}.amazonaws.com/**`, answerFrom(emulator.url));
    await page.route('https://api.example.com/**', answerFrom(api.url));

    await follow(page, url).catch((error: unknown) => {
      throw new Error([String(error), 'The browser said:', ...complaints].join('\n'));
    });

    const verdicts = api.requests.map(({ verdict }) => verdict);
    if (verdicts.length === 0 || verdicts.some((verdict) => verdict !== 'valid')) {
      throw new Error(`The API saw ${verdicts.join(', ') || 'no call'} instead of valid tokens.`);
    }
    if (complaints.length > 0) throw new Error(`The browser complained:\n${complaints.join('\n')}`);
  } finally {
    await browser.close();
    await api.close();
    await emulator.close();
  }
}
