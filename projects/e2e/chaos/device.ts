import type { Browser, BrowserContext } from 'puppeteer-core';
import type { PageScripts } from '../support/page-scripts';
import type { SignInResult } from 'cognito-emulator';
import { DrivenPage } from './driven-page';
import type { Families } from './families';
import type { Journal } from './journal';
import type { ChaosSetup, Refusal } from './page/setup';
import { startPagesServer, type PagesServer } from './pages-server';
import type { DeviceSettings } from './settings';

interface Parts {
  readonly settings: DeviceSettings;
  readonly config: ChaosSetup['config'];
  readonly apiUrl: string;
  readonly journal: Journal;
  readonly families: Families;
}

/** A browser profile with pages of one app: one storage, one user, one clock. */
export class Device {
  pages: readonly DrivenPage[] = [];
  shiftMs = 0;
  private opened = 0;
  private opening = 0;
  private commands = 0;

  private constructor(
    private readonly parts: Parts,
    private readonly profile: BrowserContext,
    private readonly server: PagesServer,
  ) {}

  static async start(browser: Browser, scripts: PageScripts, parts: Parts): Promise<Device> {
    const server = await startPagesServer(scripts, () => device.shiftMs);
    const device: Device = new Device(parts, await browser.createBrowserContext(), server);
    return device;
  }

  get name(): string {
    return this.parts.settings.name;
  }

  get awake(): readonly DrivenPage[] {
    return this.pages.filter(({ isAwake }) => isAwake);
  }

  /** No page is being opened, so that all of them learn of a change. */
  get isSettled(): boolean {
    return this.opening === 0;
  }

  get hasCommand(): boolean {
    return this.commands > 0;
  }

  /** Whether all pages that were looked at show that no user is signed in. */
  get isSignedOut(): boolean {
    const shown = this.awake.map(({ name }) =>
      this.parts.journal.sightings.filter(({ page }) => page === name).at(-1),
    );
    return this.commands === 0 && shown.length > 0 && shown.every((each) => each?.status === 'signedOut');
  }

  /** `since`: when the page ended that it takes the place of. */
  async open(refusal: Refusal | null = null, since = Date.now()): Promise<DrivenPage> {
    const { settings, config, apiUrl, journal } = this.parts;
    this.opening += 1;
    try {
      const name = `${this.name}p${++this.opened}`;
      const page = await DrivenPage.open(this.profile, name, (text) => journal.say(`${name}: logs ${text}`));
      journal.say(`${page.name}: opens${refusal === null ? '' : ` without storage (${refusal})`}`);
      if (refusal !== null) {
        page.refusal = refusal;
        page.endRefusal = journal.begin('refusal', this.name, page.name);
      }
      const holders = await this.holders();
      this.pages = [...this.pages, page];
      await page.load(
        this.server.url({ name: page.name, storage: settings.storage, config, apiUrl, refusal }),
      );
      if (settings.storage === 'sharedMemory') await this.awaitKey(page, holders, since);
      return page;
    } finally {
      this.opening -= 1;
    }
  }

  remove(page: DrivenPage): void {
    this.pages = this.pages.filter((other) => other !== page);
  }

  /** Sets the clock of the device: for all pages, frozen ones included. */
  async shift(ms: number): Promise<void> {
    this.shiftMs += ms;
    await Promise.all(this.pages.map((page) => page.call('setShift', this.shiftMs).catch(() => undefined)));
  }

  /** `issue`: has Cognito sign the user in. */
  async signIn(page: DrivenPage, username: string, issue: () => Promise<SignInResult>): Promise<void> {
    const { journal, families } = this.parts;
    const at = Date.now();
    this.commands += 1;
    const tokens = await issue().finally(() => (this.commands -= 1));
    const family = families.begin(this.name, username, tokens, at);
    const entry = {
      ...{ family, username, at, device: this.name, page: page.name },
      ...{ until: null as number | null, isDone: false, isClear: false },
    };
    journal.signIns.push(entry);
    journal.say(`${page.name}: signs ${username} in (${family})`);
    const end = await this.command(at, () => page.call('signIn', tokens));
    Object.assign(entry, end);
    // A sign-in gives the session to all pages, also to those that could not know the earlier one.
    if (end.isDone && end.isClear) for (const each of this.pages) each.isExcused = false;
    journal.say(`${page.name}: sign-in ${family} ${end.said}`);
  }

  /** Gives the name of the session that ended. */
  async signOut(page: DrivenPage): Promise<string | null> {
    const { journal, families } = this.parts;
    const family = families.ofLogin((await page.call('shown')).login);
    const at = Date.now();
    const entry = {
      ...{ family, at, device: this.name, page: page.name },
      ...{ until: null as number | null, isDone: false, isClear: false },
    };
    journal.signOuts.push(entry);
    journal.say(`${page.name}: signs out (${family ?? 'no session known'})`);
    const end = await this.command(at, () => page.call('signOut'));
    // Without a known session it ends the one that is stored, which the run does not know either.
    Object.assign(entry, end, { isClear: end.isClear && family !== null });
    journal.say(`${page.name}: sign-out ${end.said}`);
    return end.isDone ? family : null;
  }

  async look(page: DrivenPage, isFinal: boolean): Promise<void> {
    const { journal, families } = this.parts;
    const { status, detail, login } = await page.call('shown');
    const family = families.ofLogin(login);
    const isExcused = page.isExcused || (!isFinal && page.refusal !== null);
    const sighting = { device: this.name, page: page.name, at: Date.now(), status, detail, family };
    const before = journal.sightings.filter(({ page: name }) => name === page.name).at(-1);
    if (before?.status !== status || before.family !== family || before.detail !== detail)
      journal.say(`${page.name}: shows ${status} ${detail ?? ''} ${family ?? ''}`);
    journal.sightings.push({ ...sighting, isFinal, isExcused });
  }

  async close(): Promise<void> {
    await this.profile.close();
    await this.server.close();
  }

  /** Pages that can give others the key of a session in shared memory: those that show one. */
  private async holders(): Promise<readonly DrivenPage[]> {
    const pages = this.parts.settings.storage === 'sharedMemory' ? this.awake : [];
    const areHolders = await Promise.all(pages.map((page) => page.hasSession()));
    return pages.filter((_, index) => areHolders[index]);
  }

  /** A page cannot know the session if none that shows it lives from before it opens until it has asked for the key. */
  private async awaitKey(page: DrivenPage, holders: readonly DrivenPage[], since: number): Promise<void> {
    await page.untilRestored();
    const left = await this.holders();
    page.isExcused = !holders.some((holder) => left.includes(holder));
    // On a slow machine the key may come too late.
    if (page.isExcused || !(await page.hasSession()))
      this.parts.journal.mark('keyLoss', this.name, page.name, since);
  }

  private async command(at: number, work: () => Promise<string | null>) {
    const isAlone = this.commands === 0;
    this.commands += 1;
    try {
      const error = await work();
      const isClear =
        isAlone && this.commands === 1 && !this.parts.journal.isTroubled(['refusal'], this.name, at);
      return {
        until: Date.now(),
        isDone: error === null,
        isClear,
        said: error ?? (isClear ? 'is done' : 'is done, unclear'),
      };
    } catch {
      return { until: null, isDone: false, isClear: false, said: 'was cut off' };
    } finally {
      this.commands -= 1;
    }
  }
}
