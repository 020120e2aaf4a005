import { chromium, type Page } from '@playwright/test';
import { ensureChromium } from '../browser/ensure-chromium';
import type { AppKind } from './kinds';

/** The user of the local Cognito, who is there without a configuration. */
const USER = { username: 'alice', password: 'Correct-horse-1' };

const SIGN_IN_PAGES: Readonly<
  Record<AppKind['signIn'], { readonly username: string; readonly wrong: string }>
> = {
  'managed-login': { username: 'Username', wrong: 'Incorrect username or password.' },
  form: { username: 'User name', wrong: 'User name or password is wrong.' },
  'server-session': { username: 'Username', wrong: 'Incorrect username or password.' },
};

/** Signs in and out as a user would, from a guarded page and back to it. */
async function follow(page: Page, url: string, signIn: AppKind['signIn']): Promise<void> {
  const { username, wrong } = SIGN_IN_PAGES[signIn];
  await page.goto(`${url}/account`);
  for (const password of ['wrong', USER.password]) {
    await page.getByLabel(username).fill(USER.username);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    if (password === 'wrong') await page.getByText(wrong).waitFor();
  }
  await page.waitForURL(`${url}/account`);
  await page.getByText(`Signed in as ${USER.username}.`).waitFor();

  await page.reload();
  await page.getByText(`Signed in as ${USER.username}.`).waitFor();

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${url}/sign-in`);
  // A link to the server, or a button.
  const link = page.getByRole('link', { name: 'Sign in' });
  await page.getByRole('button', { name: 'Sign in' }).or(link).waitFor();
}

/** Signs in to a built app that `ng add` has changed; throws at the first thing that is not as promised. */
export async function browse(url: string, signIn: AppKind['signIn']): Promise<void> {
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: ['--no-sandbox'],
  });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(10 * 60_000);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
    page.on('console', (message) => {
      // The wrong password.
      const isExpected = message.text().includes('the server responded with a status of 400');
      if (['error', 'warning'].includes(message.type()) && !isExpected) complaints.push(message.text());
    });
    await follow(page, url, signIn).catch((error: unknown) => {
      throw new Error([String(error), 'The browser said:', ...complaints].join('\n'));
    });
    if (complaints.length > 0) throw new Error(`The browser complained:\n${complaints.join('\n')}`);
  } finally {
    await browser.close();
  }
}
