import { expect, leaks, test as base } from './leaks/watched-test';
import { ShiftedClock, type Emulator } from 'cognito-emulator';
import type { LocalS3, SampleApi } from 'local-services';
import { startDemoServer } from '../../demo/start/demo-server';
import { startLocalBackend, type LocalBackend } from '../../demo/start/local-backend';
import { useUserPool, type UserPoolBackend } from '../../demo/start/user-pool-backend';
import { chosenPool } from '../aws/chosen-pool';
import { NEEDS_EMULATOR, NEEDS_SHORT_TOKENS } from '../aws/left-out';
import { CognitoCalls } from './cognito-calls';
import { ConsoleWatch } from './console-watch';
import { DemoPage } from './demo-page';
import { PLAIN_APP_FOLDER } from './plain-app';
import type { CognitoAddress } from './redeem';

interface Settings {
  /** How long access and ID tokens live. */
  tokenSeconds: number;
}

interface Fixtures {
  backend: LocalBackend | UserPoolBackend;
  /** The user pool, whichever it is. */
  cognito: CognitoAddress;
  /** What the browser has asked it for. */
  calls: CognitoCalls;
  /** The oracle for everything that concerns Cognito: it sees what really arrived. */
  emulator: Emulator;
  /**
   * Lets time pass at once, for Cognito and for the browser, whose clock the test has installed: a margin of minutes does
   * not depend on how fast the machine is.
   */
  passTime: (ms: number) => Promise<void>;
  /** The oracle for what the protected API got. */
  api: SampleApi;
  /** The oracle for what S3 got, and what it holds. */
  s3: LocalS3;
  /** The demo, served for this test alone: its base URL is the page's. */
  demo: DemoPage;
  /** A token that is seen where none belongs fails the test. */
  guarded: undefined;
  /** What the browser complains about fails the test, unless the test expects it. */
  complaints: ConsoleWatch;
}

const pool = chosenPool(process.env);
const TOKEN_SECONDS = 3600;

/** Ends a test that cannot run against the user pool of this run. */
function leaveOut(reason: string): never {
  base.skip(true, reason);
  throw new Error(reason);
}

/**
 * Every test has a Cognito, an API and a demo of its own, so that it can count. In a run against a user pool tests share that one, and
 * those that need a local Cognito are left out.
 */
export const test = base.extend<Settings & Fixtures>({
  tokenSeconds: [TOKEN_SECONDS, { option: true }],

  backend: async ({ tokenSeconds }, use) => {
    if (pool !== null && tokenSeconds !== TOKEN_SECONDS) leaveOut(NEEDS_SHORT_TOKENS);
    const backend = pool === null ? await startLocalBackend(tokenSeconds) : await useUserPool(pool);
    await use(backend);
    await backend.close();
  },
  emulator: async ({ backend }, use) =>
    use('emulator' in backend ? backend.emulator : leaveOut(NEEDS_EMULATOR)),
  cognito: async ({ backend }, use) => {
    const { region, clientId, endpoint } = backend.config;
    await use({ url: endpoint ?? `https://cognito-idp.${region}.amazonaws.com`, clientId });
  },
  calls: async ({ context }, use) => use(new CognitoCalls(context)),
  passTime: async ({ page, emulator }, use) => {
    await use(async (ms) => {
      if (!(emulator.clock instanceof ShiftedClock)) throw new Error("The emulator's clock cannot be moved.");
      emulator.clock.advance(ms);
      await page.clock.fastForward(ms);
    });
  },
  api: async ({ backend }, use) => use(backend.api ?? leaveOut('needs the sample API')),

  s3: async ({ backend }, use) => use('s3' in backend ? backend.s3 : leaveOut(NEEDS_EMULATOR)),

  baseURL: async ({ backend }, use) => {
    const server = await startDemoServer(backend.config, { folder: PLAIN_APP_FOLDER });
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

  guarded: [
    async ({ backend }, use) => {
      // `withLocalStorage()` is the choice of these apps.
      leaks.allowOwnStores();
      if ('emulator' in backend) leaks.guard(backend.emulator);
      if ('s3' in backend) leaks.receiver(backend.s3.url);
      if (backend.api !== null) leaks.receiver(backend.api.url);
      await use(undefined);
    },
    { auto: true },
  ],

  demo: async ({ page }, use) => use(new DemoPage(page)),
});

export { expect };
