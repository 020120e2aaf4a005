import { firstValueFrom } from 'rxjs';
import { emulatedApp, HOUR, MINUTE, REFRESH, SECOND } from '../../../../testing-support/emulated-app';
import { failingDatabase } from '../../../../testing-support/failing-writes';
import { LaggingStorage } from '../../../../testing-support/lagging-storage';
import { refreshTokenOf, statusOf, told } from '../../../../testing-support/race-tabs';
import { deleteDatabase } from '../../../../testing-support/raw-database';
import { errorOf } from '../../../../testing-support/session-app';
import { emulatedBrowser, type BrowserTab } from '../../../../testing-support/tabs';
import { turns, until } from '../../../../testing-support/turns';

const app = emulatedApp();
const browser = emulatedBrowser(app);

const LAG_MS = 200;

/** Two tabs over a storage that shows one of them late what the other has written. They hear nothing of each other. */
async function twoTabs(): Promise<{
  readonly a: BrowserTab;
  readonly b: BrowserTab;
  readonly storage: LaggingStorage;
}> {
  const storage = new LaggingStorage(app.time, LAG_MS);
  const a = await browser.signIn({ storage: storage.of('a') });
  await turns(10);
  app.time.advance(LAG_MS);
  const b = await browser.restore({ storage: storage.of('b') });
  await turns(10);
  return { a, b, storage };
}

/** A has renewed, and its value has been written: the tokens have left the record. */
async function renewedByA(a: BrowserTab): Promise<void> {
  await firstValueFrom(a.session.forceRefresh());
  for (let ledger = await browser.record(); ledger.tokens !== undefined; ledger = await browser.record())
    await turns();
}

/** In small steps, for at most ten seconds; gives how long it took. */
async function passUntil(isMet: () => boolean, tabs: readonly BrowserTab[]): Promise<number> {
  let passedMs = 0;
  await turns(20);
  for (; !isMet() && passedMs < 10 * SECOND; passedMs += 50) {
    await browser.pass(50, tabs);
    await turns(10);
  }
  return passedMs;
}

describe('a storage that shows late what another tab has written', () => {
  it('race 5: is waited for: the follower takes over, without a call', async () => {
    const { a, b, storage } = await twoTabs();
    await renewedByA(a);

    const renewal = firstValueFrom(b.session.forceRefresh());
    await turns(20);
    expect(storage.staleReads).toBeGreaterThan(0);
    expect(told(b, 'tokenRefreshed')).toEqual([]);
    for (let passed = 0; passed < 2 * LAG_MS; passed += 50) await browser.pass(50, [b]);
    await renewal;

    expect(told(b, 'tokenRefreshed')).toEqual(['otherTab']);
    expect(await refreshTokenOf(b)).toBe(await refreshTokenOf(a));
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });

  it('race 5: makes a tab that is granted the lock right after the commit no second caller, over and over', async () => {
    const { a, b, storage } = await twoTabs();

    for (let cycle = 1; cycle <= 5; cycle++) {
      const barrier = app.emulator.hold(REFRESH);
      const renewals = [a, b].map(({ session }) => firstValueFrom(session.forceRefresh()));
      await barrier.arrived(1);
      await turns(10);
      await barrier.open();
      for (let passed = 0; passed < SECOND; passed += 50) await browser.pass(50);
      await Promise.all(renewals);
      expect(app.emulator.log.count(REFRESH)).toBe(cycle);
    }

    expect(storage.staleReads).toBeGreaterThan(0);
    expect(await refreshTokenOf(b)).toBe(await refreshTokenOf(a));
  });

  it('race 5, control: a tab that goes by the storage alone sends a token that is spent', async () => {
    const { a, storage } = await twoTabs();
    const before = storage.of('b').keys?.() ?? [];
    await renewedByA(a);

    const [key = ''] = await before;
    const seen = await storage.of('b').getItem(key);

    expect(seen).not.toContain(await refreshTokenOf(a));
  });

  it('race 6: is waited for, when the announced tokens never show; within seconds the session ends as cleared', async () => {
    const { a, b, storage } = await twoTabs();
    storage.lagMs = HOUR;
    await renewedByA(a);

    const outcome = errorOf(b.session.forceRefresh());
    const passedMs = await passUntil(() => statusOf(b) !== 'signedIn', [b]);

    expect(passedMs).toBeGreaterThanOrEqual(1900);
    expect(passedMs).toBeLessThanOrEqual(6 * SECOND);
    expect(await outcome).toMatchObject({ code: 'storageCleared' });
    expect(statusOf(b)).toBe('signedOut: storageCleared');
    expect(told(b, 'sessionExpired')).toEqual(['storageCleared thisTab']);
    expect(storage.staleReads).toBeGreaterThan(0);
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });
});

describe('a tab that dies between the two writes of its tokens', () => {
  it('race 10: leaves them in the record, where the next one finds them without a call', async () => {
    const storage = new LaggingStorage(app.time, 0);
    const stuck = { ...storage.of('a'), setItem: () => new Promise<void>(() => {}) };
    const a = await browser.signIn({ storage: storage.of('a') });
    a.destroy();
    const dying = await browser.restore({ storage: stuck });
    dying.session.forceRefresh().subscribe({ error: () => {} });
    await until(() => app.emulator.log.calls(REFRESH).length === 1);
    while ((await browser.record()).gen < 2) await turns();

    dying.crash();
    const next = await browser.restore({ storage: storage.of('next') });

    expect(statusOf(next)).toBe('signedIn');
    const [live] = app.emulator.liveRefreshTokens({ username: 'alice' });
    expect(await refreshTokenOf(next)).toBe(live?.token);
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });
});

describe('a database', () => {
  const database = failingDatabase();

  afterEach(() => {
    database.mend();
  });

  it('race 44: that is deleted signs out each tab once', async () => {
    const [a, b] = [await browser.signIn({ talks: true }), await browser.restore({ talks: true })];

    await deleteDatabase('cognito-session');
    for (const { wake, sleep } of [a, b]) {
      sleep.next('hidden');
      wake.next('visible');
    }
    await until(() => [a, b].every((tab) => statusOf(tab).startsWith('signedOut')));
    await turns(10);

    expect([a, b].map((tab) => told(tab, 'sessionExpired').length + told(tab, 'signedOut').length)).toEqual([
      1, 1,
    ]);
  });

  it('race 45: that refuses to write leaves all tabs signed in, is reported once by the tab that met it, and is caught up with', async () => {
    const a = await browser.signIn({ talks: true });
    const b = await browser.restore({ talks: true });
    const barrier = app.emulator.hold(REFRESH);
    const renewal = firstValueFrom(a.session.forceRefresh());
    await barrier.arrived(1);
    database.fail();
    await barrier.open();
    await renewal;
    await browser.pass(10 * SECOND);
    expect([statusOf(a), statusOf(b)]).toEqual(['signedIn', 'signedIn']);
    expect(told(a, 'error')).toEqual(['thisTab']);

    database.mend();
    await browser.pass(MINUTE);
    await until(() => told(b, 'tokenRefreshed').length === 1);

    expect(await refreshTokenOf(b)).toBe(await refreshTokenOf(a));
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });
});
