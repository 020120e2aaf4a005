import { expect, test as base } from '../tabs/support/world-test';
import type { Browser, BrowserContext, CDPSession, Page } from 'puppeteer-core';
import { openPage, puppeteerFixtures } from '../support/puppeteer';
import { Tab } from '../tabs/support/tab';
import type { Setup } from '../tabs/support/tabs-world';

/** What drivers switch off so that visible and hidden pages behave alike. Here the difference is tested. */
const UNWANTED = [
  '--disable-back-forward-cache',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

/** A hidden page's timers run once a minute from then on; without it, after five minutes. */
const THROTTLING = '--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/10';

/** In a report of a test that hangs, its steps say what it waited for; Playwright knows nothing of another driver's calls. */
const told = <T>(title: string, work: () => Promise<T>): Promise<T> => base.step(title, work);

export class LifecycleTab extends Tab<Page> {
  private session: CDPSession | null = null;

  override call: Tab['call'] = (method, ...args) => told(`tab: ${method}`, () => super.call(method, ...args));

  /** To the front of all others, which hides the one that was there: both have to know before anything else happens. */
  async show(others: readonly LifecycleTab[] = []): Promise<void> {
    await told('show', () => this.page.bringToFront());
    await this.call('whenVisibility', 'visible');
    for (const tab of others) await tab.call('whenVisibility', 'hidden');
  }

  /** Stops the page, which has to be hidden, and makes sure that it is stopped. */
  async freeze(): Promise<void> {
    this.session ??= await this.page.createCDPSession();
    await this.call('whenVisibility', 'hidden');
    const before = await this.countOf('freeze');
    const { session } = this;
    await told('freeze', () => session.send('Page.setWebLifecycleState', { state: 'frozen' }));
    expect(await this.countOf('freeze')).toBe(before + 1);
  }

  /** `inFront`: it is seen at once, as when a device wakes up; the timers of a hidden page would come later. */
  async resume(how: { inFront?: true } = {}): Promise<void> {
    const before = await this.countOf('resume');
    if (how.inFront === true) await told('show', () => this.page.bringToFront());
    await this.session?.send('Page.setWebLifecycleState', { state: 'active' });
    await this.call('whenPageEvent', 'resume', before + 1);
  }

  /** The renderer process dies. */
  async crash(): Promise<void> {
    const session = await this.page.createCDPSession();
    const crashed = new Promise((resolve) => this.page.once('error', resolve));
    // The page is gone and does not answer.
    void session.send('Page.crash').catch(() => undefined);
    await crashed;
  }

  private async countOf(event: string): Promise<number> {
    return (await this.call('pageEvents')).filter((seen) => seen === event).length;
  }
}

interface Fixtures {
  profile: BrowserContext;
  /** Opens a page with one app, in front, and waits until it knows whether the user is signed in. */
  open: (setup: Setup) => Promise<LifecycleTab>;
  /** So many pages, signed in as one user; the last one is in front. */
  openSignedIn: (count: number, setup: Setup) => Promise<LifecycleTab[]>;
}

interface WorkerFixtures {
  chromium: Browser;
}

/**
 * Pages that are really hidden, stopped and taken out of the back/forward cache. Playwright cannot do that: it keeps every
 * page focused and visible, and there a freeze succeeds without an effect.
 */
export const test = base.extend<Fixtures, WorkerFixtures>({
  ...puppeteerFixtures({ ignoreDefaultArgs: UNWANTED, args: [THROTTLING] }),

  open: async ({ world, profile }, use) =>
    use(async (setup) => {
      const page = await openPage(profile);
      await page.goto(world.url([setup]));
      const tab = new LifecycleTab(page);
      await tab.call('ready');
      return tab;
    }),

  openSignedIn: async ({ world, open }, use) =>
    use(async (count, setup) => {
      const first = await open(setup);
      await first.call('signIn', await world.emulator.signIn('alice'));
      const others: LifecycleTab[] = [];
      for (let index = 1; index < count; index++) others.push(await open(setup));
      return [first, ...others];
    }),
});

export { expect };
