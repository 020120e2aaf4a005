import { firstValueFrom, NEVER } from 'rxjs';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { emulatedApp, HOUR, MINUTE, REFRESH, SECOND } from '../../../testing-support/emulated-app';
import { FailingStorage } from '../../../testing-support/failing-writes';
import { FakeAttemptLocks } from '../../../testing-support/fake-attempt-locks';
import { replaceProperty, throwSecurityError } from '../../../testing-support/replaced-global';
import { refreshTokenOf, statusOf, TALKS, told } from '../../../testing-support/race-tabs';
import { configFor, startApp } from '../../../testing-support/session-app';
import { emulatedBrowser } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';
import { withStorage } from '../../public-api';
import { IndexedDbStorage } from '../storage/indexed-db-storage';
import { MemoryStorage } from '../storage/memory-storage';
import type { StorageAdapter } from '../storage/storage-adapter';
import { ATTEMPT_LOCKS, type AttemptLocks } from '../tabs/attempt-locks';

const app = emulatedApp();
const browser = emulatedBrowser(app);

/** A browser whose requests for locks are neither granted nor rejected. */
const SILENT: AttemptLocks = {
  hold: () => NEVER,
  held: () => NEVER,
  whenFree: () => NEVER,
};

describe('locks that never answer (E5)', () => {
  it('delay a refresh by two seconds; its attempt counts as not locked', async () => {
    const tab = await browser.signIn({ locks: SILENT });
    const barrier = app.emulator.hold(REFRESH);
    browser.sleep(3 * HOUR);
    const token = firstValueFrom(tab.session.getAccessToken());
    await turns();
    await browser.pass(SECOND);
    expect(barrier.arrivals).toBe(0);
    await browser.pass(SECOND);
    await barrier.arrived(1);

    expect((await browser.record()).attempts).toMatchObject([{ locked: false }]);
    await barrier.open();
    expect(app.emulator.accessTokenStatus(await token).isValid).toBe(true);
  });

  it('leave the tabs with one call, whose result all of them take', async () => {
    const options = { locks: SILENT };
    const [a, b] = [await browser.signIn(options), await browser.restore(options)];
    browser.sleep(3 * HOUR);

    const barrier = app.emulator.hold(REFRESH);
    for (const { session } of [a, b]) session.forceRefresh().subscribe({ error: () => {} });
    await turns();
    await browser.pass(2 * SECOND);
    await barrier.arrived(1);
    await barrier.open();
    const areRenewed = () => [a, b].every((tab) => told(tab, 'tokenRefreshed').length === 1);
    await until(() => told(a, 'tokenRefreshed').length + told(b, 'tokenRefreshed').length > 0);
    for (let second = 0; second < 5 && !areRenewed(); second++) {
      await browser.pass(SECOND);
      await turns(20);
    }
    await until(areRenewed);

    expect(app.emulator.log.count(REFRESH)).toBe(1);
    expect(await refreshTokenOf(b)).toBe(await refreshTokenOf(a));
  });

  it('keep no tab waiting for one that has died: it is overtaken after 20 s', async () => {
    app.emulator.configure({ graceSeconds: 60 });
    const options = { locks: SILENT };
    const [a, b] = [await browser.signIn(options), await browser.restore(options)];
    const barrier = app.emulator.hold(REFRESH);
    a.session.forceRefresh().subscribe({ error: () => {} });
    await turns();
    await browser.pass(2 * SECOND);
    await barrier.arrived(1);
    a.crash();

    for (let second = 0; second < 40 && barrier.arrivals < 2; second++) {
      b.session.forceRefresh().subscribe({ error: () => {} });
      await browser.pass(SECOND, [b]);
      await turns(10);
    }
    await barrier.release(1);
    await until(() => told(b, 'tokenRefreshed').length === 1);

    expect(statusOf(b)).toBe('signedIn');
  });
});

describe('the refresh of another tab', () => {
  it('leaves no timer behind once it is over', async () => {
    const [a, b] = [await browser.signIn(TALKS), await browser.restore(TALKS)];
    const timers = b.time.armedTimers;
    const barrier = app.emulator.hold(REFRESH);
    a.session.forceRefresh().subscribe();
    await barrier.arrived(1);
    await until(() => b.time.armedTimers > timers);

    await barrier.open();
    await until(() => told(b, 'tokenRefreshed').length === 1);

    await until(() => b.time.armedTimers === timers);
    expect(told(b, 'tokenRefreshed')).toEqual(['otherTab']);
  });
});

const denied = () => Promise.reject(new DOMException('denied', 'SecurityError'));
const silent = () => new Promise<never>(() => {});

describe.each<[string, PropertyDescriptor]>([
  ['cannot be read', { get: throwSecurityError }],
  ['cannot be called', { value: { request: throwSecurityError, query: throwSecurityError } }],
  ['rejects', { value: { request: denied, query: denied } }],
  ['never answers', { value: { request: silent, query: silent } }],
])('a page whose navigator.locks %s (E5)', (_, locks) => {
  let restore = () => {};

  beforeEach(() => {
    restore = replaceProperty(navigator, 'locks', locks);
  });

  afterEach(() => restore());

  /** Time passes until it is done. */
  async function passing<T>(done: Promise<T>): Promise<T> {
    let isDone = false;
    const settle = () => (isDone = true);
    done.then(settle, settle);
    await until(() => {
      if (!isDone) app.time.advance(5);
      return isDone;
    });
    return done;
  }

  it.each<[string, () => StorageAdapter]>([
    ['IndexedDB', () => new IndexedDbStorage()],
    ['a shared storage of the app', () => new FailingStorage(true)],
  ])('signs in, refreshes and signs out with %s', async (_name, storage) => {
    const { session, events } = await passing(app.signedIn(storage()));
    await passing(firstValueFrom(session.forceRefresh()));
    const token = await passing(firstValueFrom(session.getAccessToken()));
    const { isValid } = app.emulator.accessTokenStatus(token);
    await passing(firstValueFrom(session.signOut()));

    expect(isValid).toBe(true);
    expect(app.emulator.log.count(REFRESH)).toBe(1);
    expect(events.map(({ type }) => type)).toEqual(['signedIn', 'tokenRefreshed', 'signedOut']);
  });
});

describe('an attempt that was claimed, and of whose answer nothing is known', () => {
  it('does not keep its own tab from trying again, however long it lies in the record', async () => {
    app.emulator.configure({ graceSeconds: 60 });
    const tab = await browser.signIn();
    app.emulator.faults.add(REFRESH, { kind: 'resetBeforeProcessing' });
    tab.session.forceRefresh().subscribe({ error: () => {} });
    await until(() => told(tab, 'error').length === 1);
    expect((await browser.record()).attempts).toHaveLength(1);

    browser.sleep(10 * MINUTE);
    await firstValueFrom(tab.session.forceRefresh());

    expect(await browser.record()).toMatchObject({ gen: 2 });
    expect(browser.locks.names).toEqual([]);
  });

  it('is dropped by the next claim but one', async () => {
    const tab = await browser.signIn();
    for (let count = 0; count < 3; count++) {
      app.emulator.faults.add(REFRESH, { kind: 'resetBeforeProcessing' });
      tab.session.forceRefresh().subscribe({ error: () => {} });
      await until(() => told(tab, 'error').length === count + 1);
      browser.sleep(10 * MINUTE);
    }

    expect((await browser.record()).attempts).toHaveLength(2);
  });
});

describe('a session that no other tab sees', () => {
  /** Opens the page, or the one after a reload. */
  function open(storage: StorageAdapter) {
    const locks = new FakeAttemptLocks();
    const page = startApp({
      config: configFor(app.emulator),
      time: app.time,
      features: [withStorage(storage)],
      providers: [{ provide: ATTEMPT_LOCKS, useValue: locks.of('page') }],
    });
    return { ...page, locks };
  }

  it('is refreshed without locks', async () => {
    const { session, locks } = open(new MemoryStorage());
    await firstValueFrom(session.setTokens(await app.emulator.signIn('alice')));

    await firstValueFrom(session.forceRefresh());

    expect(app.emulator.log.count(REFRESH)).toBe(1);
    expect(locks.asked).toBe(0);
  });

  it('waits for no refresh of the page before a reload', async () => {
    const storage = new CountingStorage();
    const before = open(storage);
    await firstValueFrom(before.session.setTokens(await app.emulator.signIn('alice')));
    const barrier = app.emulator.hold(REFRESH);
    before.session.forceRefresh();
    await barrier.arrived(1);

    const { session, locks } = open(storage);
    session.forceRefresh();
    await barrier.arrived(2);

    expect(locks.asked).toBe(0);
    await barrier.open();
  });
});
