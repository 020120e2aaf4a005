import type { Page } from '@playwright/test';
import { startAppServer } from '../support/app-server';
import { pageOf } from '../support/built-page';
import { PASSWORD, USERNAME } from '../support/demo-page';
import { pageScripts } from '../support/page-scripts';
import { test as base } from '../support/test';

/** Notes every heading and every status that was on the screen, however briefly. */
const RECORDER = `
  globalThis.shown = [];
  new MutationObserver(() => {
    for (const element of document.querySelectorAll('h1, [role=status]')) {
      const text = element.textContent.trim();
      if (text !== '' && !shown.includes(text)) shown.push(text);
    }
  }).observe(document, { childList: true, subtree: true, characterData: true });`;

interface Fixtures {
  /** While set, no page gets the configuration. */
  configGate: Gate;
}

/** A small app with guarded routes and managed login, from the built library, over real HTTP. */
export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern.
  configGate: async ({}, use) => {
    await use(new Gate());
  },

  baseURL: async ({ emulator, configGate }, use) => {
    const scripts = pageScripts('compiler', 'routing');
    const html = pageOf(scripts, 'Routing', `<script>${RECORDER}</script>`);
    const { region, userPoolId, clientId, url: endpoint } = emulator;
    const server = await startAppServer(html, scripts, async () => {
      await configGate.passed();
      return { region, userPoolId, clientId, endpoint };
    });
    await use(server.url);
    await server.close();
  },
});

class Gate {
  private readonly waiting: (() => void)[] = [];
  private isOpen = true;

  hold(): void {
    this.isOpen = false;
  }

  release(): void {
    this.isOpen = true;
    for (const go of this.waiting.splice(0)) go();
  }

  passed(): Promise<void> {
    return this.isOpen ? Promise.resolve() : new Promise((resolve) => this.waiting.push(resolve));
  }
}

/** On the pages of managed login, which have to be open. */
export async function signInThere(page: Page): Promise<void> {
  await page.getByLabel('Username').fill(USERNAME);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Every heading and status that this page has shown since it was loaded. */
export function shown(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => (globalThis as unknown as { shown: string[] }).shown);
}

export { expect } from '../support/test';
