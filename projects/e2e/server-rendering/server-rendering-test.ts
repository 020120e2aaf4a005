import type { Page } from '@playwright/test';
import { startEmulator, type Emulator, type SignInResult } from 'cognito-emulator';
import { startSampleApi, type SampleApi } from 'local-services';
import { SETTINGS_COOKIE, type FixtureSettings } from '../../ssr-fixture/src/app/fixture-settings';
import type {} from '../../ssr-fixture/src/app/observation';
import { ConsoleWatch } from '../support/console-watch';
import { expect, leaks, test as base } from '../support/leaks/watched-test';
import { RenderingServer } from './rendering-server';
import { cookiesOf } from './session-cookies';

/** A page as it came from the server. */
export interface Rendered {
  readonly status: number;
  readonly location: string | null;
  readonly html: string;
  /** What the page says about the session. */
  readonly session: string | null;
  /** The heading of the routed page. */
  readonly heading: string | null;
  /** What the API has answered. */
  readonly answer: string | null;
}

export type Wish = Partial<
  Pick<FixtureSettings, 'storage' | 'guards' | 'blocking' | 'verifies' | 'onServer'>
>;

interface Fixtures {
  users: number;
  emulator: Emulator;
  /** Signs in at Cognito, without a browser. */
  signIn: (username: string) => Promise<SignInResult>;
  /** Every token that `signIn` was given. */
  issued: string[];
  api: SampleApi;
  /** Where the fixture finds its Cognito and its API. */
  settings: (wish?: Wish) => FixtureSettings;
  /** The server has the keys of the pool: it waits for them for two seconds alone. */
  keys: undefined;
  /** Asks the server for a page, without a browser. Fails if a token is in what it sends. */
  render: (path: string, settings: FixtureSettings, cookies?: string) => Promise<Rendered>;
}

interface WorkerFixtures {
  server: RenderingServer;
}

export const PASSWORD = 'Correct-horse-1';

export const test = base.extend<Fixtures, WorkerFixtures>({
  server: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern.
    async ({}, use) => {
      const server = await RenderingServer.start();
      await use(server);
      // Whatever was rendered: nothing is left behind that keeps the process, and nothing was complained about.
      expect(await server.end()).toEqual({ exitCode: 0, errors: '' });
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, use) => use(server.url),

  users: [1, { option: true }],
  emulator: async ({ users }, use) => {
    const names = ['alice', 'bob', ...Array.from({ length: users }, (_, index) => `user-${index}-`)];
    const emulator = await startEmulator({
      pools: [{ users: names.map((username) => ({ username, password: PASSWORD })) }],
    });
    leaks.guard(emulator);
    await use(emulator);
    await emulator.close();
  },
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern.
  issued: async ({}, use) => use([]),
  signIn: async ({ emulator, issued }, use) =>
    use(async (username) => {
      const result = await emulator.signIn(username);
      issued.push(result.AccessToken, result.IdToken, result.RefreshToken);
      return result;
    }),
  api: async ({ emulator }, use) => {
    const api = await startSampleApi({ emulator });
    leaks.receiver(api.url);
    await use(api);
    await api.close();
  },

  settings: async ({ emulator: { region, userPoolId, clientId, url: endpoint }, api }, use) =>
    use((wish = {}) => ({
      ...{ region, userPoolId, clientId, endpoint, apiUrl: api.url, storage: 'cookie' },
      ...wish,
    })),

  keys: [
    async ({ server, settings, emulator }, use) => {
      const verifying = settings({ verifies: true });
      const cookies = [settingsCookie(verifying), cookiesOf(verifying, await emulator.signIn('alice'))].join(
        '; ',
      );
      for (let html = ''; !html.includes('signedIn, alice');)
        html = await (await fetch(server.url, { headers: { cookie: cookies } })).text();
      await use(undefined);
    },
    { auto: true },
  ],

  render: async ({ server }, use) =>
    use(async (path, settings, cookies) => {
      const response = await fetch(server.url + path, {
        redirect: 'manual',
        headers: { cookie: [settingsCookie(settings), cookies].filter(Boolean).join('; ') },
      });
      const html = await response.text();
      leaks.see('a page of the server', html);
      leaks.see('the headers of the server', JSON.stringify([...response.headers]));
      return {
        status: response.status,
        location: response.headers.get('location'),
        html,
        session: /<p id="session">([^<]*)</.exec(html)?.[1] ?? null,
        heading: /<h1>([^<]*)</.exec(html)?.[1] ?? null,
        answer: /<p id="answer">([^<]*)</.exec(html)?.[1] ?? null,
      };
    }),

  page: async ({ page }, use) => {
    const watch = new ConsoleWatch(page);
    await use(page);
    expect(watch.unexpected(), 'what the browser complained about').toEqual([]);
  },
});

/** The cookie by which server and browser know what a test wants. */
export function settingsCookie(settings: FixtureSettings): string {
  return `${SETTINGS_COOKIE}=${encodeURIComponent(JSON.stringify(settings))}`;
}

/** A browser in which a user has signed in, on a page of the fixture. */
export async function signInWithBrowser(
  page: Page,
  { settings, signIn }: { settings: FixtureSettings; signIn: Fixtures['signIn'] },
): Promise<void> {
  await visit(page, settings);
  const tokens = await signIn('alice');
  await page.evaluate((tokens) => window.fixture?.signIn(tokens), tokens);
}

/** Opens the fixture with these settings, with no user signed in yet. */
export async function visit(page: Page, settings: FixtureSettings, path = '/sign-in'): Promise<void> {
  if (!['memory', 'session'].includes(settings.storage)) leaks.allowOwnStores();
  const [name = '', value = ''] = settingsCookie(settings).split('=');
  await page.context().addCookies([{ name, value, domain: '127.0.0.1', path: '/' }]);
  await watchSession(page);
  await page.goto(path);
  await expect(page.locator('#session')).not.toContainText('restoring');
  await takenOver(page);
}

/** What is on the page may still be what the server has sent. */
async function takenOver(page: Page): Promise<void> {
  await page.waitForFunction(() => window.fixture?.hasTakenOver === true);
}

interface Watched {
  seen: string[];
  first: Element | null;
}

/** Notes everything the page says about the session, from the HTML of the server on. */
async function watchSession(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watched: Watched = { seen: [], first: null };
    Object.assign(window, { watched });
    const look = () => {
      const element = document.querySelector('#session');
      const text = element?.textContent ?? '';
      watched.first ??= element;
      if (text !== '' && watched.seen.at(-1) !== text) watched.seen.push(text);
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
  });
}

/** What was seen on the page since it was loaded. */
export async function seenOn(page: Page) {
  await takenOver(page);
  return page.evaluate(() => {
    const { seen, first } = (window as unknown as { watched: Watched }).watched;
    const { states, events } = window.fixture ?? { states: [], events: [] };
    // Hydration takes over what the server has sent; without it the element would be another one.
    return { seen, states, events, isHydrated: first === document.querySelector('#session') };
  });
}

export { expect };
