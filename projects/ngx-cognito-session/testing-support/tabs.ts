import { filter, firstValueFrom, materialize, dematerialize, type Observable } from 'rxjs';
import type { TokenRefresher } from '../src/lib/cognito/token-refresher';
import { MAKE_TOKEN_REFRESHER, type BuiltInTransport } from '../src/lib/cognito/built-in-transport';
import { IndexedDbItems } from '../src/lib/storage/indexed-db-items';
import { IndexedDbStorage } from '../src/lib/storage/indexed-db-storage';
import { ATTEMPT_LOCKS, type AttemptLocks } from '../src/lib/tabs/attempt-locks';
import { OPEN_TAB_CHANNEL, type TabChannel } from '../src/lib/tabs/tab-channel';
import { withStorage, type SessionConfig, type SessionFeature, type StorageAdapter } from '../src/public-api';
import type { LiveRecord, SessionRecord } from '../src/lib/core/session-record';
import type { EmulatedApp } from './emulated-app';
import { FakeAttemptLocks } from './fake-attempt-locks';
import { FakeTabChannels } from './fake-tab-channels';
import { ManualTime } from './manual-time';
import { configFor, startTab, type SessionTab } from './session-app';
import { turns } from './turns';

export interface BrowserTab extends SessionTab {
  readonly name: string;
  /** The page dies: nothing it has started comes to an end, and its locks are free. */
  readonly crash: () => void;
}

export interface TabOptions {
  readonly storage?: StorageAdapter;
  readonly config?: Partial<SessionConfig>;
  /** Default: those of this browser. */
  readonly locks?: AttemptLocks;
  /** Whether it hears from the other tabs. Default false: what a tab does when every word is lost. */
  readonly talks?: boolean;
  /** What it hears over instead. */
  readonly channel?: Pick<TabChannel, 'messages$'>;
  readonly features?: readonly SessionFeature[];
}

/** Pages of one origin that live at the same time: one IndexedDB, one registry of locks, a clock for each of them. */
export interface Browser {
  readonly locks: FakeAttemptLocks;
  readonly channels: FakeTabChannels;
  open(options?: TabOptions): BrowserTab;
  /** Opens a tab and signs in. */
  signIn(options?: TabOptions, username?: string): Promise<BrowserTab>;
  /** Opens a tab and waits for what it finds. */
  restore(options?: TabOptions): Promise<BrowserTab>;
  /** Time passes for Cognito and for the tabs, which act upon it; by default for all of them. */
  pass(ms: number, tabs?: readonly BrowserTab[]): Promise<void>;
  /** Every device clock jumps, as after a sleep: nothing has fired yet. */
  sleep(ms: number): void;
  /** The record all tabs share. */
  record(): Promise<LiveRecord>;
  changeRecord(change: (record: LiveRecord) => SessionRecord): Promise<void>;
}

const STEP_MS = 1000;

/** Its tabs are destroyed after each test. */
export function emulatedBrowser(app: EmulatedApp): Browser {
  let locks = new FakeAttemptLocks();
  let channels = new FakeTabChannels();
  let tabs: BrowserTab[] = [];

  beforeEach(() => {
    locks = new FakeAttemptLocks();
    channels = new FakeTabChannels();
    tabs = [];
  });

  afterEach(() => {
    for (const tab of tabs) tab.destroy();
  });

  const items = () => new IndexedDbItems('cognito-session');
  const recordKey = () => `record:${app.emulator.clientId}`;

  const open: Browser['open'] = ({
    storage = new IndexedDbStorage(),
    config = {},
    locks: own,
    talks = false,
    channel,
    features = [],
  } = {}) => {
    const name = `tab ${tabs.length}`;
    const life = { isDead: false };
    const time = new ManualTime(app.time.now());
    const nothing = { post: () => undefined, close: () => undefined };
    const openChannel =
      channel !== undefined ? () => ({ ...nothing, ...channel }) : talks ? channels.of(name) : () => null;
    const page = startTab({
      config: configFor(app.emulator, config),
      time,
      features: [withStorage(storage), ...features],
      providers: [
        { provide: ATTEMPT_LOCKS, useValue: own ?? locks.of(name) },
        { provide: OPEN_TAB_CHANNEL, useValue: openChannel },
        {
          provide: MAKE_TOKEN_REFRESHER,
          useValue: ({ refresher }: BuiltInTransport) => mortal(refresher, life),
        },
      ],
    });
    const crash = () => {
      life.isDead = true;
      locks.kill(name);
      channels.kill(name);
    };
    const tab: BrowserTab = { ...page, name, crash };
    tabs.push(tab);
    return tab;
  };

  return {
    get locks() {
      return locks;
    },
    get channels() {
      return channels;
    },
    open,
    signIn: async (options, username = 'alice') => {
      const tab = open(options);
      await firstValueFrom(tab.session.setTokens(await app.emulator.signIn(username)));
      return tab;
    },
    restore: async (options) => {
      const tab = open(options);
      await firstValueFrom(tab.session.initialize());
      return tab;
    },
    pass: async (ms, awake = tabs) => {
      for (let left = ms; left > 0; left -= STEP_MS) {
        const step = Math.min(left, STEP_MS);
        app.time.advance(step);
        for (const tab of awake) tab.time.advance(step);
        await turns();
      }
    },
    sleep: (ms) => {
      app.time.sleep(ms);
      for (const tab of tabs) tab.time.sleep(ms);
    },
    record: async () => (await items().read(recordKey())) as LiveRecord,
    changeRecord: (change) =>
      items().change(recordKey(), (current) => [change(current as LiveRecord), undefined]),
  };
}

/** What a page that has died was waiting for never comes. */
function mortal(refresher: TokenRefresher, life: { readonly isDead: boolean }): TokenRefresher {
  const whileAlive = <T>(answer: Observable<T>): Observable<T> =>
    answer.pipe(
      materialize(),
      filter(() => !life.isDead),
      dematerialize(),
    );
  return {
    refresh: (request) => whileAlive(refresher.refresh(request)),
    revoke: (refreshToken) => refresher.revoke(refreshToken),
  };
}
