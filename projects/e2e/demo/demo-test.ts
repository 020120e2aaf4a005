import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { startDemoServer } from '../../demo/start/demo-server';
import { expect, test as base } from '../support/test';

interface Fixtures {
  /** Signs in as one of the seeded users, from wherever the page is. */
  signInAs: (username: string, tab?: Page) => Promise<void>;
  /** Waits until a 401 leads to a refresh: a token younger than three seconds is sent again instead. */
  tokenIsOlder: () => Promise<void>;
  /** Fails with what axe finds wrong by WCAG 2.2 AA. */
  expectAccessible: (tab?: Page) => Promise<void>;
}

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The demo that `npm start` shows, with its local Cognito. */
export const test = base.extend<Fixtures>({
  baseURL: async ({ backend }, use) => {
    const emulator = 'emulator' in backend ? { emulator: backend.emulator } : {};
    const server = await startDemoServer(backend.config, emulator);
    await use(server.url);
    await server.close();
  },

  signInAs: async ({ page }, use) => {
    await use(async (username, tab = page) => {
      if (!tab.url().endsWith('/sign-in')) await tab.goto('/sign-in');
      await tab.getByRole('button', { name: `Sign in as ${username}` }).click();
      await tab.getByRole('button', { name: `Signed in as ${username}` }).waitFor();
    });
  },

  tokenIsOlder: async ({ page }, use) => {
    await use(() => expect(page.getByRole('banner')).toContainText(/Tokens expire in (?!1:00:00|59:5[6-9])/));
  },

  expectAccessible: async ({ page }, use) => {
    await use(async (tab = page) => {
      const { violations } = await new AxeBuilder({ page: tab }).withTags(WCAG).analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      expect(found, tab.url()).toEqual([]);
    });
  },
});

export { expect };
