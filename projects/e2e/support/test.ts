import { test as base, expect } from '@playwright/test';
import { ShiftedClock, type Emulator, type SampleApi } from 'cognito-emulator';
import { startDemoServer } from '../../demo/start/demo-server';
import { startLocalBackend, type LocalBackend } from '../../demo/start/local-backend';
import { ConsoleWatch } from './console-watch';
import { DemoPage } from './demo-page';

interface Settings {
  /** How long access and ID tokens live. */
  tokenSeconds: number;
}

interface Fixtures {
  backend: LocalBackend;
  /** The oracle for everything that concerns Cognito: it sees what really arrived. */
  emulator: Emulator;
  /**
   * Lets time pass at once, for Cognito and for the browser, whose clock the test has installed: a margin of minutes does
   * not depend on how fast the machine is.
   */
  passTime: (ms: number) => Promise<void>;
  /** The oracle for what the protected API got. */
  api: SampleApi;
  /** The demo, served for this test alone: its base URL is the page's. */
  demo: DemoPage;
  /** What the browser complains about fails the test, unless the test expects it. */
  complaints: ConsoleWatch;
}

/** Every test has a Cognito, an API and a demo of its own, so that it can count. */
export const test = base.extend<Settings & Fixtures>({
  tokenSeconds: [3600, { option: true }],

  backend: async ({ tokenSeconds }, use) => {
    const backend = await startLocalBackend(tokenSeconds);
    await use(backend);
    await backend.close();
  },
  emulator: async ({ backend }, use) => use(backend.emulator),
  passTime: async ({ page, emulator }, use) =>
    use(async (ms) => {
      if (!(emulator.clock instanceof ShiftedClock)) throw new Error("The emulator's clock cannot be moved.");
      emulator.clock.advance(ms);
      await page.clock.fastForward(ms);
    }),
  api: async ({ backend }, use) => use(backend.api),

  baseURL: async ({ backend }, use) => {
    const server = await startDemoServer(backend.config);
    await use(server.url);
    await server.close();
  },

  complaints: [
    async ({ page }, use) => {
      const watch = new ConsoleWatch(page);
      await use(watch);
      expect(watch.unexpected(), 'what the browser complained about').toEqual([]);
    },
    { auto: true },
  ],

  demo: async ({ page }, use) => use(new DemoPage(page)),
});

export { expect };
