import type { BrowserContext, Page } from '@playwright/test';
import { ExampleServer, type ExampleOptions } from '../../examples/express-ssr/start/example-server';
import { issuedTokens } from '../support/issued-tokens';
import { expect, leaks, test as base } from '../support/leaks/watched-test';
import { Device } from './device';

export const PASSWORD = 'Correct-horse-1';
export const REFRESH = 'GetTokensFromRefreshToken';
export const HOUR_MS = 3_600_000;

const USERS = 40;
/** Below the ports that the system gives to everybody who connects. */
const FIRST_PORT = 15_000;

interface Fixtures {
  /** A user of this test alone. */
  username: string;
  /** Goes to a page of the app, and fills in the form of managed login on the way. */
  signIn: (page: Page, path?: string) => Promise<void>;
  /** Another browser. */
  newDevice: () => Promise<BrowserContext>;
  /** What the browsers may complain about. */
  complaints: RegExp[];
}

interface WorkerFixtures {
  /** What the example of a file is started with besides. */
  exampleOptions: Pick<ExampleOptions, 'hostname' | 'sameSite'>;
  /** The built example with a Cognito, a DynamoDB and an API of its own. */
  example: ExampleServer;
  nextUser: () => string;
}

/** Each test looks at its end for tokens in what the browsers got, show and keep. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  // As users have it: Playwright switches the back-forward cache off.
  launchOptions: [
    async ({ launchOptions }, use) =>
      use({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] }),
    { scope: 'worker' },
  ],
  exampleOptions: [{}, { option: true, scope: 'worker' }],
  example: [
    async ({ exampleOptions }, use, { parallelIndex }) => {
      const users = Array.from({ length: USERS }, (_, at) => ({
        username: `user-${at}`,
        password: PASSWORD,
        groups: ['editors'],
      }));
      const example = await ExampleServer.start({
        ...exampleOptions,
        users,
        port: FIRST_PORT + parallelIndex * 1000,
      });
      await use(example);
      await example.close();
    },
    { scope: 'worker' },
  ],
  nextUser: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern.
    async ({}, use) => {
      let next = 0;
      await use(() => `user-${next++ % USERS}`);
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ example }, use) => use(example.url),
  username: async ({ nextUser, example }, use) => {
    example.aws.emulator.log.clear();
    await use(nextUser());
  },
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern.
  complaints: async ({}, use) => use([]),
  context: async ({ context, example, complaints }, use) => {
    leaks.guard(example.aws.emulator);
    const device = new Device(context, example.url);
    await use(context);
    await device.check(issuedTokens(example.aws.emulator), complaints);
    leaks.see('the log of the server', example.log);
  },
  newDevice: async ({ browser, example, complaints }, use) => {
    const devices: Device[] = [];
    await use(async () => {
      const context = await browser.newContext({ baseURL: example.url });
      devices.push(new Device(context, example.url));
      return context;
    });
    for (const device of devices) {
      await device.check(issuedTokens(example.aws.emulator), complaints);
      await device.context.close();
    }
  },
  signIn: async ({ username }, use) =>
    use(async (page, path = '/account') => {
      await page.goto(path);
      await fillIn(page, username);
    }),
});

/** The form of managed login, and what the app shows afterwards. */
export async function fillIn(page: Page, username: string): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(PASSWORD);
  // A page asks the server whether what was rendered is still true. Until then its session counts as never seen.
  const [confirmation] = await Promise.all([
    page.waitForResponse('**/auth/session'),
    page.getByRole('button', { name: 'Sign in' }).click(),
  ]);
  await confirmation.finished();
  await expect(page.locator('#user')).toHaveText(`Signed in as ${username}`);
  await takenOver(page);
}

/** Until then the page is what the server has sent, and no click counts. Angular removes its marks. */
export async function takenOver(page: Page): Promise<void> {
  await expect(page.locator('[ngh]')).toHaveCount(0);
}

/** Calls the API by the button of the account page. */
export async function callApi(page: Page, answer: string): Promise<void> {
  await takenOver(page);
  const answered = page.waitForResponse('**/api/hello');
  await page.getByRole('button', { name: 'Call the API' }).click();
  await answered;
  await expect(page.getByRole('status', { name: 'Answer' })).toHaveText(answer);
}

export const hello = (username: string): string => `The API says hello to ${username}`;

export { expect };
