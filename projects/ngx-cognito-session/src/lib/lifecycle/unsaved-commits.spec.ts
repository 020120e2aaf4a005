import { firstValueFrom } from 'rxjs';
import {
  emulatedApp,
  HOUR,
  MINUTE,
  REFRESH,
  REVOKE,
  SECOND,
  type EmulatedApp,
} from '../../../testing-support/emulated-app';
import { FailingStorage, failingDatabase, type FailingWrites } from '../../../testing-support/failing-writes';
import { errorOf, nextEvent, nextStatus } from '../../../testing-support/session-app';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';
import type { StorageAdapter } from '../../public-api';
import { IndexedDbStorage } from '../storage/indexed-db-storage';

interface Place {
  readonly storage: StorageAdapter;
  readonly writes: FailingWrites;
}

function inStorage(shared: boolean): Place {
  const storage = new FailingStorage(shared);
  return { storage, writes: storage };
}

async function tokensOf({ session }: BrowserTab) {
  return (await firstValueFrom(session.getTokens())) ?? { accessToken: '', refreshToken: '' };
}

function storageErrors({ events }: BrowserTab) {
  return events.filter((event) => event.type === 'error' && event.error.code === 'storageError');
}

/** From the claim on nothing can be written. */
async function renewUnsaved(app: EmulatedApp, { session }: BrowserTab, writes: FailingWrites): Promise<void> {
  const barrier = app.emulator.hold(REFRESH);
  const renewed = firstValueFrom(session.forceRefresh());
  await barrier.arrived(1);
  writes.fail();
  await barrier.open();
  await renewed;
}

describe.each<[string, () => Place]>([
  ['the database', () => ({ storage: new IndexedDbStorage(), writes: failingDatabase() })],
  ['a storage that tabs share', () => inStorage(true)],
  ['the storage of a tab that lives alone', () => inStorage(false)],
])('a commit that %s refuses', (_, makePlace) => {
  const app = emulatedApp();
  const browser = emulatedBrowser(app);
  let place: Place;

  beforeEach(() => {
    place = makePlace();
  });

  afterEach(() => {
    place.writes.mend();
  });

  async function renewedUnsaved(): Promise<BrowserTab> {
    const tab = await browser.signIn(place);
    await renewUnsaved(app, tab, place.writes);
    return tab;
  }

  it('leaves the new tokens in use, and is told of once', async () => {
    const tab = await renewedUnsaved();
    await browser.pass(3 * MINUTE);

    expect(tab.session.state()).toMatchObject({ status: 'signedIn', refreshing: false });
    expect(tab.events.map(({ type }) => type)).toEqual(['signedIn', 'tokenRefreshed', 'error']);
    expect(storageErrors(tab)).toHaveLength(1);
    const { refreshToken } = await tokensOf(tab);
    expect(app.emulator.liveRefreshTokens({ username: 'alice' })).toMatchObject([{ token: refreshToken }]);
  });

  it('is tried again after 1, 2, 4 … 60 s', async () => {
    const tab = await renewedUnsaved();
    const [start, first] = [tab.time.monotonic(), place.writes.refused];
    const triedAt: number[] = [];

    for (let second = 1; second <= 4 * 60; second++) {
      const before = place.writes.refused;
      await browser.pass(SECOND);
      if (place.writes.refused > before) triedAt.push((tab.time.monotonic() - start) / SECOND);
    }

    expect(first).toBe(1);
    expect(triedAt).toEqual([1, 3, 7, 15, 31, 63, 123, 183]);
  });

  it('succeeds as soon as writing does, and a reload finds the newest refresh token', async () => {
    const tab = await renewedUnsaved();
    await browser.pass(2 * SECOND);
    place.writes.mend();
    await browser.pass(2 * SECOND);
    const { refreshToken, accessToken } = await tokensOf(tab);
    tab.destroy();

    const next = await browser.restore(place);

    expect(await tokensOf(next)).toMatchObject({ refreshToken, accessToken });
    await firstValueFrom(next.session.forceRefresh());
    expect(next.session.isSignedIn()).toBe(true);
    expect(browser.locks.names).toEqual([]);
  });

  it('is not tried again once it has succeeded', async () => {
    const tab = await renewedUnsaved();
    const timersThen = tab.time.armedTimers;
    place.writes.mend();
    await browser.pass(3 * SECOND);
    place.writes.fail();
    const refusedThen = place.writes.refused;

    await browser.pass(3 * MINUTE);

    expect(place.writes.refused).toBe(refusedThen);
    expect(tab.time.armedTimers).toBeLessThan(timersThen);
  });

  it('gives way to the next renewal', async () => {
    const tab = await renewedUnsaved();

    await firstValueFrom(tab.session.forceRefresh());
    place.writes.mend();
    await browser.pass(5 * SECOND);
    const { refreshToken } = await tokensOf(tab);
    tab.destroy();

    expect(await tokensOf(await browser.restore(place))).toMatchObject({ refreshToken });
    expect(app.emulator.liveRefreshTokens({ username: 'alice' })).toMatchObject([{ token: refreshToken }]);
  });

  it.each([
    ['while nothing can be written', false],
    ['when writing succeeds again', true],
  ])('stores nothing after a sign-out, %s', async (_when, isMended) => {
    const tab = await renewedUnsaved();
    if (isMended) place.writes.mend();

    const signedOut = firstValueFrom(tab.session.signOut());
    await browser.pass(SECOND);
    place.writes.mend();
    await browser.pass(3 * MINUTE);
    await signedOut;
    await app.emulator.log.whenEnded(REVOKE, 1);
    await until(() => app.emulator.liveRefreshTokens({ username: 'alice' }).length === 0);
    tab.destroy();
    const next = browser.open(place);
    await turns(10);

    expect(tab.session.state()).toEqual({ status: 'signedOut', reason: 'signedOut' });
    expect((await firstValueFrom(next.session.getTokens()))?.refreshToken).not.toBeDefined();
  });

  it('is given up, and leaves no timer, when the app is destroyed', async () => {
    const tab = await renewedUnsaved();
    await browser.pass(SECOND);
    const refusedThen = place.writes.refused;

    tab.destroy();
    expect(tab.time.armedTimers).toBe(0);
    await browser.pass(2 * MINUTE);

    expect(place.writes.refused).toBe(refusedThen);
    expect(browser.locks.names).toEqual([]);
  });

  it('is made good for a sign-in, too', async () => {
    place.writes.fail();
    const tab = await browser.signIn(place);
    expect(tab.events.map(({ type }) => type)).toEqual(['signedIn', 'error']);
    expect(storageErrors(tab)).toHaveLength(1);

    await browser.pass(10 * SECOND);
    place.writes.mend();
    await browser.pass(10 * SECOND);
    const { refreshToken } = await tokensOf(tab);
    tab.destroy();

    expect(await tokensOf(await browser.restore(place))).toMatchObject({ refreshToken });
    expect(storageErrors(tab)).toHaveLength(1);
  });

  it('of a sign-in gives way to the renewal that follows', async () => {
    place.writes.fail();
    const tab = await browser.signIn(place);
    await firstValueFrom(tab.session.forceRefresh());

    place.writes.mend();
    await browser.pass(10 * SECOND);
    const { refreshToken } = await tokensOf(tab);
    tab.destroy();

    expect(await tokensOf(await browser.restore(place))).toMatchObject({ refreshToken });
    expect(app.emulator.liveRefreshTokens({ username: 'alice' })).toMatchObject([{ token: refreshToken }]);
  });
});

describe('a commit that the database refuses, while other tabs look on', () => {
  const app = emulatedApp();
  const browser = emulatedBrowser(app);
  const database = failingDatabase();

  afterEach(() => {
    database.mend();
  });

  it('keeps them waiting until it succeeds', async () => {
    const a = await browser.signIn();
    const b = await browser.restore();
    await renewUnsaved(app, a, database);
    database.mend();

    const adopted = firstValueFrom(b.session.forceRefresh());
    await turns(10);
    expect(app.emulator.log.count(REFRESH)).toBe(1);
    await browser.pass(2 * SECOND);
    await adopted;

    expect(b.events.at(-1)).toMatchObject({ type: 'tokenRefreshed', origin: 'otherTab' });
    expect(app.emulator.log.count(REFRESH)).toBe(1);
    expect(await browser.record()).toMatchObject({ gen: 2, attempts: [] });
  });

  it('stores nothing once another tab has signed out', async () => {
    const a = await browser.signIn();
    const b = await browser.restore();
    await renewUnsaved(app, a, database);
    database.mend();
    await firstValueFrom(b.session.signOut());

    const ended = nextStatus(a.session, 'signedOut');
    await browser.pass(5 * SECOND, [a]);

    await expect(ended).resolves.toMatchObject({ reason: 'signedOutElsewhere' });
    expect(await browser.record()).toMatchObject({ sid: null });
    expect(await browser.record()).not.toHaveProperty('tokens');
  });

  it('revokes what it could not store once another tab has signed out', async () => {
    const a = await browser.signIn();
    const b = await browser.restore();
    await renewUnsaved(app, a, database);
    database.mend();
    await firstValueFrom(b.session.signOut());

    await browser.pass(5 * SECOND, [a]);

    await app.emulator.log.whenEnded(REVOKE, 2);
    expect(app.emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
  });

  it('does not bring back a sign-in that landed late and was signed out elsewhere meanwhile', async () => {
    const a = browser.open();
    await firstValueFrom(a.session.initialize());
    const signingIn = firstValueFrom(a.session.setTokens(await app.emulator.signIn('alice')));
    // The database is slow: the library has given up when the write arrives.
    a.time.advance(2000);
    await signingIn;
    await turns(5);
    const b = await browser.restore();
    expect(b.session.user()?.username).toBe('alice');
    await firstValueFrom(b.session.signOut());

    const ended = nextStatus(a.session, 'signedOut');
    await browser.pass(5 * SECOND, [a]);

    await expect(ended).resolves.toMatchObject({ reason: 'signedOutElsewhere' });
    expect(await browser.record()).toMatchObject({ sid: null });
  });

  it.each([
    ['once it succeeds', false],
    ['even if a renewal was first', true],
  ])('ends the session that a sign-in replaces, %s', async (_, renewsFirst) => {
    const b = await browser.restore();
    const a = await browser.signIn();
    await browser.pass(SECOND);
    database.fail();
    await firstValueFrom(b.session.setTokens(await app.emulator.signIn('bob')));
    database.mend();
    if (renewsFirst) await firstValueFrom(b.session.forceRefresh());

    await browser.pass(5 * SECOND, [b]);

    await until(() => app.emulator.liveRefreshTokens({ username: 'alice' }).length === 0);
    expect(app.emulator.liveRefreshTokens({ username: 'bob' })).toHaveLength(1);
    expect(await errorOf(a.session.forceRefresh())).toMatchObject({ code: 'superseded' });
    expect(a.session.user()?.username).toBe('bob');
  });

  it('keeps renewing in the tab whose database refuses for hours', async () => {
    const a = await browser.signIn();
    await renewUnsaved(app, a, database);
    for (let hour = 0; hour < 3; hour++) {
      const renewed = nextEvent(a.session, 'tokenRefreshed');
      browser.sleep(HOUR);
      a.wake.next('visible');
      await renewed;
    }
    database.mend();
    await browser.pass(MINUTE);

    const { refreshToken } = await tokensOf(a);
    a.destroy();
    expect(await tokensOf(await browser.restore())).toMatchObject({ refreshToken });
  });

  it('becomes the spare answer when another tab was faster, and revokes the one that makes room', async () => {
    app.emulator.configure({ graceSeconds: 600, inGraceAnswer: 'bothValid' });
    const a = await browser.signIn();
    const b = await browser.restore();
    browser.sleep(3 * HOUR);
    await renewUnsaved(app, a, database);
    const { refreshToken: late } = await tokensOf(a);
    await browser.pass(64 * SECOND, [a]);
    database.mend();

    // The next try is a minute away: B has the time to take over.
    const renewed = nextEvent(b.session, 'tokenRefreshed');
    b.wake.next('visible');
    await turns(10);
    await browser.pass(25 * SECOND, [b]);
    await renewed;
    const { RefreshToken } = await app.emulator.signIn('alice');
    await browser.changeRecord((record) => ({ ...record, spare: RefreshToken }));
    await browser.pass(MINUTE, [a]);

    await app.emulator.log.whenEnded(REVOKE, 1);
    const { tokens, spare } = await browser.record();
    expect(tokens.refreshToken).toBe((await tokensOf(b)).refreshToken);
    expect(spare).toBe(late);
    const live = app.emulator.liveRefreshTokens({ username: 'alice' }).map(({ token }) => token);
    expect(live).toEqual(expect.arrayContaining([tokens.refreshToken, spare]));
    expect(live).not.toContain(RefreshToken);
    expect([a.session.isSignedIn(), b.session.isSignedIn()]).toEqual([true, true]);
  });
});
