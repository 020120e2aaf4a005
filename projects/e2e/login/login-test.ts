import { ShiftedClock, type Emulator } from 'cognito-emulator';
import type { Page } from '@playwright/test';
import { startAppServer } from '../support/app-server';
import { pageOf } from '../support/built-page';
import { pageScripts } from '../support/page-scripts';
import { test as base } from '../support/test';

interface Settings {
  /** The path of the app that managed login leads back to after a sign-out. */
  logoutPath: string;
}

/** A small app with guarded routes and `ngx-cognito-session/managed-login`, from the built library, over real HTTP. */
export const test = base.extend<Settings>({
  logoutPath: ['/', { option: true }],

  baseURL: async ({ emulator, logoutPath }, use) => {
    const scripts = pageScripts('compiler', 'login');
    const { region, userPoolId, clientId, url: endpoint } = emulator;
    const server = await startAppServer(pageOf(scripts, 'Login'), scripts, () =>
      Promise.resolve({ region, userPoolId, clientId, endpoint, logoutPath }),
    );
    await use(server.url);
    await server.close();
  },
});

/** On the pages of managed login. */
export async function formOf(page: Page, emulator: Emulator): Promise<void> {
  await page.waitForURL((url) => url.origin === emulator.url);
}

/** The addresses in the history of a tab. */
export async function historyOf(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  const { entries } = await session.send('Page.getNavigationHistory');
  return entries.map(({ url }) => url);
}

/** For Cognito alone: its codes expire. */
export function advance(emulator: Emulator, ms: number): void {
  if (!(emulator.clock instanceof ShiftedClock)) throw new Error("The emulator's clock cannot be moved.");
  emulator.clock.advance(ms);
}

export { signInThere } from '../routing/routing-test';
export { expect } from '../support/test';
