import type { Page } from '@playwright/test';
import { expect, leaks, test as base } from '../../support/leaks/watched-test';
import { pageScripts } from '../../support/page-scripts';
import { callIn, type ArgumentsOf, type Methods, type ResultOf } from '../../tabs/support/remote';
import type { AwsLab, SeenCredentials } from '../page/aws-lab';
import { AwsWorld, type PoolOptions } from './aws-world';

/** The app in one tab. */
export class AwsTab {
  constructor(readonly page: Page) {}

  call<M extends Methods<AwsLab>>(method: M, ...args: ArgumentsOf<AwsLab[M]>): Promise<ResultOf<AwsLab[M]>> {
    return callIn<AwsLab, M>(this.page, 'awsLab', method, ...args);
  }

  /** The credentials that one caller gets; throws if there are none. */
  async credentials(): Promise<SeenCredentials> {
    const [found] = await this.call('demand', 1);
    if (found === undefined || 'error' in found) throw new Error(`No credentials: ${found?.error ?? ''}`);
    return found;
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.started();
  }

  async started(): Promise<void> {
    await this.page.evaluate('awsStarted');
  }
}

interface Fixtures {
  world: AwsWorld;
  /** Opens a tab and waits until it knows whether the user is signed in. */
  open: () => Promise<AwsTab>;
  /** A tab in which alice is signed in. */
  openSignedIn: () => Promise<AwsTab>;
}

/** Tabs of one browser against a Cognito and an S3 that each test has to itself. */
export const test = base.extend<PoolOptions & Fixtures>({
  guests: [false, { option: true }],
  credentialsSeconds: [3600, { option: true }],

  world: async ({ guests, credentialsSeconds }, use) => {
    const world = await AwsWorld.start(pageScripts('aws'), { guests, credentialsSeconds });
    leaks.guard(world.emulator);
    leaks.receiver(world.s3.url);
    leaks.allowOwnStores();
    await use(world);
    await world.close();
  },

  open: async ({ world, context }, use) =>
    use(async () => {
      const page = await context.newPage();
      await page.goto(world.url);
      const tab = new AwsTab(page);
      await tab.started();
      return tab;
    }),

  openSignedIn: async ({ world, open }, use) =>
    use(async () => {
      const tab = await open();
      await tab.call('signIn', await world.emulator.signIn('alice'));
      return tab;
    }),
});

export { expect };
