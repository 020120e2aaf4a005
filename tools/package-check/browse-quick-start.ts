import { chromium, type Page, type Route } from '@playwright/test';
import { startEmulator } from 'cognito-emulator';
import { startSampleApi } from 'local-services';
import type { Pool } from './quick-start-command';

/** How the pages differ of an app that follows the document, and of one that `ng add` has changed. */
export interface Walk {
  /** The page that offers the sign-in. */
  readonly start: string;
  /** What the page of the callback shows after a cancelled sign-in. */
  readonly cancelled: string;
  /** The page that shows an answer of the API. */
  readonly apiPage: string;
}

const user = { username: 'alice', password: 'Correct-horse-1' };

/** Answers a call to a public address from a local server, so that the code under test is the document's, unchanged. */
const answerFrom = (url: string) => async (route: Route) => {
  const { pathname, search } = new URL(route.request().url());
  // The browser follows redirects itself: they lead to another page.
  const response = await route.fetch({ url: `${url}${pathname}${search}`, maxRedirects: 0 });
  await route.fulfill({ response });
};

/** On the page of managed login. */
async function submit(page: Page, password: string): Promise<void> {
  await page.getByLabel('Username').fill(user.username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** What a reader who follows the quick start does first, and what the text promises to see. */
async function follow(page: Page, url: string, domain: string, walk: Walk): Promise<void> {
  // What `ng new` shows is still there.
  await page.goto(url);
  await page.getByRole('heading', { name: 'Hello, quick-start' }).waitFor();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();

  // The guard leads to managed login, which leads back also if the user does not sign in.
  await page.goto(`${url}/account`);
  await page.waitForURL(`https://${domain}/**`);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.waitForURL(`${url}/callback`);
  await page.getByRole('alert').getByText(walk.cancelled).waitFor();

  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`https://${domain}/**`);
  await submit(page, 'wrong');
  await page.getByText('Incorrect username or password.').waitFor();
  await submit(page, user.password);
  await page.waitForURL(`${url}/account`);
  await page.getByText(`Signed in as ${user.username}`).waitFor();
  if (walk.apiPage !== '/account') await page.goto(`${url}${walk.apiPage}`);
  await page
    .locator('pre')
    .filter({ hasText: `"username": "${user.username}"` })
    .waitFor();

  await page.goto(`${url}/account`);
  await page.getByText(`Signed in as ${user.username}`).waitFor();

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${url}${walk.start}`);
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
}

/** Runs the quick start in a real browser against the local Cognito; throws at the first thing that is not as promised. */
export async function browseQuickStart(
  url: string,
  pool: Pool,
  walk: Walk,
  executablePath: string,
): Promise<void> {
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
    await page.route(`https://${pool.domain}/**`, answerFrom(emulator.url));
    await page.route('https://api.example.com/**', answerFrom(api.url));

    await follow(page, url, pool.domain, walk).catch((error: unknown) => {
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
