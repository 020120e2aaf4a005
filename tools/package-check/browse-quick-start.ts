import { chromium, type Page, type Route } from '@playwright/test';
import { startEmulator, startSampleApi, type Emulator } from 'cognito-emulator';
import type { Pool } from './pool-of';

const user = { username: 'alice', password: 'Correct-horse-1' };

/** Answers a call to a public address from a local server, so that the code under test is the document's, unchanged. */
const answerFrom = (url: string) => async (route: Route) => {
  const { pathname, search } = new URL(route.request().url());
  await route.fulfill({ response: await route.fetch({ url: `${url}${pathname}${search}` }) });
};

/** Tries to sign in and waits for what the page then says. */
async function signInInVain(page: Page, password: string, says: string): Promise<void> {
  await page.getByLabel('User name').fill(user.username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText(says).waitFor();
}

/** What the local Cognito does not do, with the words of AWS. */
const otherAnswers = [
  {
    status: 400,
    json: {
      __type: 'NotAuthorizedException',
      message: 'Client 1example23456789 is configured with secret but SECRET_HASH was not received',
    },
    says: 'is configured with secret but SECRET_HASH was not received',
  },
  {
    status: 200,
    json: { ChallengeName: 'NEW_PASSWORD_REQUIRED', ChallengeParameters: {}, Session: 'opaque' },
    says: 'Cognito asks for a further step: NEW_PASSWORD_REQUIRED.',
  },
  { status: 502, body: '<h1>Bad gateway</h1>', says: 'Cognito answered with status 502.' },
];

/** The sign-in page says in words why there are no tokens. */
async function failToSignIn(page: Page, emulator: Emulator, cognito: string): Promise<void> {
  await signInInVain(page, 'wrong', 'Incorrect username or password.');
  emulator.configure({ authFlows: [] });
  await signInInVain(page, user.password, 'USER_PASSWORD_AUTH flow not enabled for this client');
  emulator.configure({ authFlows: ['USER_PASSWORD_AUTH', 'REFRESH_TOKEN_AUTH'] });
  for (const { says, ...answer } of otherAnswers) {
    await page.route(cognito, (route) => route.fulfill(answer), { times: 1 });
    await signInInVain(page, user.password, says);
  }
  await page.route(cognito, (route) => route.abort(), { times: 1 });
  await signInInVain(page, user.password, 'Cognito cannot be reached.');
}

/** What a reader who follows the quick start does first, and what the text promises to see. */
async function follow(page: Page, url: string, failFirst: () => Promise<void>): Promise<void> {
  // What `ng new` shows is still there.
  await page.goto(url);
  await page.getByRole('heading', { name: 'Hello, quick-start' }).waitFor();
  await page.waitForURL(`${url}/sign-in*`);

  // The guard keeps the attempted page and comes back to it after sign-in.
  await page.goto(`${url}/account`);
  await page.waitForURL(`${url}/sign-in*`);
  await failFirst();
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
  await page.waitForURL(`${url}/sign-in*`);
  await page.getByText(`Signed in as ${user.username}`).waitFor({ state: 'detached' });
}

/** The browser reports each refused and each lost sign-in. */
const isExpected = (complaint: string): boolean =>
  /Failed to load resource: .*(?:status of (?:400|502)|ERR_FAILED)/.test(complaint);

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
      if (['error', 'warning'].includes(message.type()) && !isExpected(message.text()))
        complaints.push(message.text());
    });
    const cognito = `https://cognito-idp.${pool.region}.amazonaws.com/**`;
    await page.route(cognito, answerFrom(emulator.url));
    await page.route('https://api.example.com/**', answerFrom(api.url));

    const failFirst = () => failToSignIn(page, emulator, cognito);
    await follow(page, url, failFirst).catch((error: unknown) => {
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
