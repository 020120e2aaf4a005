import type { BrowserContext, CDPSession, Page } from 'puppeteer-core';
import { openPage } from '../support/puppeteer';
import { callIn, type ArgumentsOf, type Methods, type ResultOf } from '../tabs/support/remote';
import { pause } from './background';
import type { ChaosLab } from './page/chaos-lab';
import type { Refusal } from './page/setup';

const PAUSE_MS = 100;

/** A page of the run. Its methods reject once it has ended; a page that is frozen answers when it goes on. */
export class DrivenPage {
  isOpen = true;
  isReady = false;
  isFrozen = false;
  isOffline = false;
  refusal: Refusal | null = null;
  /** Writes into the journal that its storage works again. */
  endRefusal: () => void = () => undefined;
  /** Whether it cannot know the session of the device. */
  isExcused = false;
  /** Commands of the run that the page has not ended yet. */
  readonly pending = new Set<Promise<unknown>>();

  private constructor(
    readonly name: string,
    private readonly page: Page,
    private readonly session: CDPSession,
  ) {}

  /** `hear`: what the library logs in it. */
  static async open(
    profile: BrowserContext,
    name: string,
    hear: (text: string) => void,
  ): Promise<DrivenPage> {
    const page = await openPage(profile);
    page.on('console', (message) => {
      // Chromium reports answers with an error status there, too.
      if (message.type() === 'log') hear(message.text());
    });
    return new DrivenPage(name, page, await page.createCDPSession());
  }

  get isAwake(): boolean {
    return this.isOpen && this.isReady && !this.isFrozen;
  }

  async load(url: string): Promise<void> {
    await this.page.goto(url, { waitUntil: 'load' });
    await this.page.evaluate('starting');
    this.isReady = true;
  }

  call<M extends Methods<ChaosLab>>(
    method: M,
    ...args: ArgumentsOf<ChaosLab[M]>
  ): Promise<ResultOf<ChaosLab[M]>> {
    const answer = callIn<ChaosLab, M>(this.page, 'chaosLab', method, ...args);
    this.pending.add(answer);
    const done = () => void this.pending.delete(answer);
    answer.then(done, done);
    return answer;
  }

  /** Whether it shows a session now. A page that ends shows none. */
  async hasSession(): Promise<boolean> {
    return this.call('shown').then(
      ({ login }) => login !== null,
      () => false,
    );
  }

  /** Waits until it has come to a session or to none, or has ended. */
  async untilRestored(): Promise<void> {
    const isRestoring = () =>
      this.call('shown').then(
        ({ status }) => status === 'restoring',
        () => false,
      );
    while (await isRestoring()) await pause(PAUSE_MS);
  }

  show(): Promise<void> {
    return this.page.bringToFront();
  }

  /** A page in front cannot be frozen. */
  async canFreeze(): Promise<boolean> {
    return (await this.call('visibility')) === 'hidden';
  }

  /** Whether it is frozen now. */
  async freeze(): Promise<boolean> {
    const before = await this.call('lifecycleCount', 'freeze');
    this.isFrozen = true;
    await this.session.send('Page.setWebLifecycleState', { state: 'frozen' });
    if ((await this.call('lifecycleCount', 'freeze')) > before) return true;
    await this.resume();
    return false;
  }

  async resume(): Promise<void> {
    await this.session.send('Page.setWebLifecycleState', { state: 'active' });
    this.isFrozen = false;
  }

  async setOffline(isOffline: boolean): Promise<void> {
    this.isOffline = isOffline;
    await this.page.setOfflineMode(isOffline);
  }

  /** The renderer process dies. */
  async crash(): Promise<void> {
    this.isOpen = false;
    const crashed = new Promise((resolve) => this.page.once('error', resolve));
    // The page is gone and does not answer.
    this.session.send('Page.crash').catch(() => undefined);
    await crashed;
    this.page.close().catch(() => undefined);
  }

  async close(): Promise<void> {
    this.isOpen = false;
    await this.page.close();
  }
}
