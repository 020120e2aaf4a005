import { TestBed } from '@angular/core/testing';
import type { Routes } from '@angular/router';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { FakeTabChannels } from '../../../testing-support/fake-tab-channels';
import { guardedApp, Page } from '../../../testing-support/guarded-app';
import { ManualTime } from '../../../testing-support/manual-time';
import { Prerendering } from '../../../testing-support/prerendering';
import { startApp, type AppOptions, type SessionApp } from '../../../testing-support/session-app';
import { CLIENT_ID, sdkTokens } from '../../../testing-support/test-tokens';
import { turns } from '../../../testing-support/turns';
import { signedInGuard, withStorage, type StorageAdapter } from '../../public-api';
import { OPEN_TAB_CHANNEL } from '../tabs/tab-channel';

const HOUR_MS = 3_600_000;
const prerendering = new Prerendering();

afterEach(() => {
  prerendering.reset();
});

describe('a page that the browser has prerendered', () => {
  let time: ManualTime;
  let storage: CountingStorage;
  let reads: number;

  beforeEach(() => {
    time = new ManualTime();
    storage = new CountingStorage();
    reads = 0;
  });

  function open(
    adapter: StorageAdapter = {
      shared: false,
      getItem: (key) => {
        reads++;
        return storage.getItem(key);
      },
      setItem: (key, value) => storage.setItem(key, value),
      removeItem: (key) => storage.removeItem(key),
    },
    more: Partial<AppOptions> = {},
  ): SessionApp {
    return startApp({
      config: { region: 'eu-west-1', clientId: CLIENT_ID },
      time,
      features: [withStorage(adapter)],
      ...more,
    });
  }

  function signInBefore(): void {
    open().session.setTokens(sdkTokens({ iat: time.now() / 1000 }));
    TestBed.resetTestingModule();
    reads = 0;
  }

  it('starts nothing and knows nothing until the user opens it', () => {
    signInBefore();
    const channels = new FakeTabChannels();
    prerendering.begin();

    const { states, events, logged } = open(undefined, {
      providers: [{ provide: OPEN_TAB_CHANNEL, useValue: channels.of('tab') }],
    });
    time.advance(HOUR_MS / 2);

    expect(states).toEqual([{ status: 'restoring' }]);
    expect([reads, channels.open, time.armedTimers, events, logged]).toEqual([0, 0, 0, [], []]);
  });

  it('has the session in the task in which the user opens it', () => {
    signInBefore();
    prerendering.begin();
    const { states } = open();

    prerendering.activate();

    expect(states.map(({ status }) => status)).toEqual(['restoring', 'signedIn']);
  });

  it('answers callers once the user has opened it, however late', () => {
    signInBefore();
    prerendering.begin();
    const { session } = open();
    const seen: string[] = [];
    session.getAccessToken().subscribe({ next: () => seen.push('token'), error: () => seen.push('error') });
    session.initialize().subscribe(() => seen.push('initialize'));
    time.advance(HOUR_MS / 2);
    const before = [...seen];

    prerendering.activate();

    expect([before, [...seen].sort()]).toEqual([[], ['initialize', 'token']]);
  });

  it('gives the restore its 10 s from there', () => {
    prerendering.begin();
    const { session } = open({
      shared: false,
      getItem: () => new Promise(() => undefined),
      setItem: () => undefined,
      removeItem: () => undefined,
    });
    const seen: string[] = [];
    const ask = () =>
      session.getAccessToken().subscribe({ error: ({ code }: { code: string }) => seen.push(code) });
    ask();
    time.advance(HOUR_MS);
    prerendering.activate();
    ask();
    // Its storage does not answer; what the restore makes of that is another matter.
    time.advance(10_000 - 1);
    const before = [...seen];

    time.advance(1);

    expect([before, seen]).toEqual([[], ['restoreTimeout', 'restoreTimeout']]);
  });

  it('signs out immediately, and ends the stored session once the user opens it', () => {
    signInBefore();
    prerendering.begin();
    const { session, states } = open();
    time.advance(1000);

    session.signOut();
    const before = [session.state().status, storage.keys().length];
    prerendering.activate();

    expect(before).toEqual(['signedOut', 1]);
    expect([session.state().status, storage.keys().length]).toEqual(['signedOut', 0]);
    expect(states.map(({ status }) => status)).toEqual(['restoring', 'signedOut']);
  });

  it('is left without a trace if the user never opens it', () => {
    prerendering.begin();
    open();

    TestBed.resetTestingModule();
    prerendering.activate();

    expect([reads, time.armedTimers]).toEqual([0, 0]);
  });
});

describe('a guard in a page that the browser has prerendered', () => {
  const app = guardedApp();
  const routes: Routes = [
    { path: 'sign-in', component: Page },
    { path: 'orders', component: Page, canActivate: [signedInGuard] },
  ];

  it('decides once the user opens the page', async () => {
    await app.signIn(app.open({ routes }));
    prerendering.begin();
    const { router } = app.open({ routes });
    const navigated = app.navigate('/orders');
    await turns(20);
    app.time.advance(60_000);
    await turns(20);
    const before = router.url;

    prerendering.activate();

    expect([before, await navigated]).toEqual(['/', '/orders']);
  });
});
