import type { Locator, Page } from '@playwright/test';
import type { Emulator } from 'cognito-emulator';
import { startAppServer } from '../support/app-server';
import { issuedTokens } from '../support/issued-tokens';
import { pageScripts } from '../support/page-scripts';
import { test as base } from '../support/test';
import { tokensIn } from '../support/tokens-in';
import type { DevtoolsApp } from './page/devtools-app';

/** As strict as an app can be. */
const POLICY =
  "require-trusted-types-for 'script'; trusted-types angular; style-src 'self'; script-src 'self'";

const PAGE = `<!doctype html><html lang="en"><title>Devtools</title><link rel="icon" href="data:,">
<main><h1>An app</h1></main><script type="module" src="/app.js"></script></html>`;

/** A small app in a development build, with the panel, under a strict policy. */
export const test = base.extend({
  baseURL: async ({ emulator, api }, use) => {
    const { region, userPoolId, clientId, url: endpoint } = emulator;
    const server = await startAppServer(
      PAGE,
      pageScripts('devtools'),
      () => Promise.resolve({ region, userPoolId, clientId, endpoint, apiUrl: api.url }),
      { 'Content-Security-Policy': POLICY },
    );
    await use(server.url);
    await server.close();
  },
});

/** The panel in the hands of a user. */
export class Panel {
  readonly opener: Locator;
  readonly dialog: Locator;
  /** What a screen reader hears. */
  readonly said: Locator;
  readonly view: Locator;

  constructor(
    readonly page: Page,
    private readonly emulator: Emulator,
  ) {
    this.opener = page.getByRole('button', { name: /^Cognito session/ });
    this.dialog = page.getByRole('dialog', { name: 'Cognito session' });
    this.said = this.dialog.getByRole('status');
    this.view = this.dialog.getByRole('tabpanel');
  }

  async signIn(): Promise<void> {
    // Before that the app is not there yet.
    await this.opener.or(this.dialog).first().waitFor();
    const tokens = await this.emulator.signIn('alice');
    await this.page.evaluate((all) => {
      (globalThis as unknown as { tested: DevtoolsApp }).tested.signIn(all);
    }, tokens);
  }

  async request(how: 'get' | 'fetch', url: string): Promise<void> {
    await this.page.evaluate(
      ([name, target]) => {
        (globalThis as unknown as { tested: DevtoolsApp }).tested[name](target);
      },
      [how, url] as const,
    );
  }

  async open(tab?: string): Promise<void> {
    if (!(await this.dialog.isVisible())) await this.opener.click();
    if (tab !== undefined) await this.dialog.getByRole('tab', { name: tab, exact: true }).click();
  }

  async press(name: string): Promise<void> {
    await this.dialog.getByRole('button', { name, exact: true }).click();
  }

  /** A name and the value beside it. */
  value(name: string): Locator {
    return this.view.locator('dt', { hasText: name }).locator('xpath=following-sibling::dd[1]');
  }

  /** What of all tokens that were issued is in a text. */
  leaks(text: string): readonly string[] {
    return tokensIn(text, issuedTokens(this.emulator));
  }
}

export { expect } from '../support/test';
