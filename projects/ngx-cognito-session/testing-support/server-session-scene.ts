import type { EnvironmentProviders, Provider } from '@angular/core';
import { provideServerSession, type ServerSessionOptions } from '../server-session/src/public-api';
import { LEAVE_PAGE } from '../src/lib/platform/leave-page';
import { RANDOM_SOURCE } from '../src/lib/platform/random';
import { OPEN_TAB_CHANNEL } from '../src/lib/tabs/tab-channel';
import type { SessionFeature } from '../src/public-api';
import { FakeSessionServer } from './fake-session-server';
import { FakeTabChannels } from './fake-tab-channels';
import { ManualTime } from './manual-time';
import { startApp, startTab, type AppOptions, type SessionApp, type SessionTab } from './session-app';

/** How a page is opened. */
export interface ServerPageOptions {
  readonly options?: ServerSessionOptions;
  readonly features?: readonly SessionFeature[];
  readonly providers?: readonly (Provider | EnvironmentProviders)[];
}

/** Pages of one browser before a server that keeps their session. */
export interface ServerSessionScene {
  readonly server: FakeSessionServer;
  readonly time: ManualTime;
  readonly channels: FakeTabChannels;
  /** Where pages have gone to, in order. */
  readonly left: { readonly url: string; readonly isReplaced: boolean }[];
  /** Opens a page; those opened before go on. */
  open(options?: ServerPageOptions): SessionTab;
  /** Loads a page in an app of its own, as with a router; the one before is gone. */
  load(options?: ServerPageOptions): SessionApp;
}

/** Sets up and clears away around each test of the block that calls it. */
export function serverSessionScene(): ServerSessionScene {
  let time = new ManualTime();
  let server = new FakeSessionServer(time);
  let channels = new FakeTabChannels();
  const left: ServerSessionScene['left'] = [];
  const tabs: SessionTab[] = [];

  beforeEach(() => {
    localStorage.clear();
    time = new ManualTime();
    server = new FakeSessionServer(time);
    channels = new FakeTabChannels();
    left.length = 0;
    server.install();
  });

  afterEach(() => {
    for (const tab of tabs.splice(0)) tab.destroy();
    server.uninstall();
  });

  let opened = 0;
  const appOf = ({ options = {}, features = [], providers = [] }: ServerPageOptions): AppOptions => ({
    config: { region: '', clientId: '' },
    time,
    setUp: (_config, ...all) => provideServerSession(options, ...all),
    features,
    providers: [
      { provide: OPEN_TAB_CHANNEL, useValue: channels.of(`tab ${String(opened++)}`) },
      { provide: RANDOM_SOURCE, useValue: { number: () => 0.5, id: () => 'id' } },
      {
        provide: LEAVE_PAGE,
        useValue: (url: string, isReplaced: boolean) => {
          left.push({ url, isReplaced });
        },
      },
      ...providers,
    ],
  });
  return {
    get server() {
      return server;
    },
    get time() {
      return time;
    },
    get channels() {
      return channels;
    },
    left,
    open: (options = {}) => {
      const tab = startTab(appOf(options));
      tabs.push(tab);
      return tab;
    },
    load: (options = {}) => startApp(appOf(options)),
  };
}
