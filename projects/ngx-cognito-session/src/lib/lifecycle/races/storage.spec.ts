import { firstValueFrom } from 'rxjs';
import { emulatedApp, HOUR, MINUTE, REFRESH, SECOND } from '../../../../testing-support/emulated-app';
import { failingDatabase } from '../../../../testing-support/failing-writes';
import { LaggingStorage } from '../../../../testing-support/lagging-storage';
import { refreshTokenOf, statusOf, told } from '../../../../testing-support/race-tabs';
import { deleteDatabase } from '../../../../testing-support/raw-database';
import { emulatedBrowser, type BrowserTab } from '../../../../testing-support/tabs';
import { turns, until } from '../../../../testing-support/turns';

const app = emulatedApp();
const browser = emulatedBrowser(app);

const LAG_MS = 200;

/** Two tabs with a storage that shows one of them late what the other one has written. No message reaches either. */
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

describe('a storage that shows late what another tab has written', () => {
  it('race 5: holds a copy only: the other tab adopts the tokens from the record, without a wait or a call', async () => {
    const { a, b, storage } = await twoTabs();
    await firstValueFrom(a.session.forceRefresh());
    const seen = storage.of('b').getItem('client1');
    const renewal = firstValueFrom(b.session.forceRefresh());
    await renewal;

    expect(seen).not.toContain(await refreshTokenOf(a));
    expect(storage.staleReads).toBeGreaterThan(0);
    expect(told(b, 'tokenRefreshed')).toEqual(['otherTab']);
    expect(await refreshTokenOf(b)).toBe(await refreshTokenOf(a));
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });

  it('race 5: causes no second call by a tab that is granted the lock right after the commit, again and again', async () => {
    const { a, b, storage } = await twoTabs();

    for (let cycle = 1; cycle <= 5; cycle++) {
      const barrier = app.emulator.hold(REFRESH);
      const renewals = [a, b].map(({ session }) => firstValueFrom(session.forceRefresh()));
      await barrier.arrived(1);
      await turns(10);
      await barrier.open();
      await Promise.all(renewals);
      expect(app.emulator.log.count(REFRESH)).toBe(cycle);
    }

    expect(storage.staleReads).toBeGreaterThan(0);
    expect(await refreshTokenOf(b)).toBe(await refreshTokenOf(a));
  });

  it('race 6: may never show it: the record counts', async () => {
    const { a, b, storage } = await twoTabs();
    storage.lagMs = HOUR;
    await firstValueFrom(a.session.forceRefresh());
    b.destroy();

    const next = await browser.restore({ storage: storage.of('next') });

    expect(statusOf(next)).toBe('signedIn');
    expect(await refreshTokenOf(next)).toBe(await refreshTokenOf(a));
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });
});

describe('a tab that dies between record and copy', () => {
  it('race 10: leaves its tokens in the record, where the next one finds them without a call', async () => {
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
    await until(() => storage.content.includes(live?.token ?? 'none'));
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

  it('race 45: that refuses to write leaves all tabs signed in, is reported once by one tab, and is written later', async () => {
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
