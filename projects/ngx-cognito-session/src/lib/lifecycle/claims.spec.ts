import { firstValueFrom } from 'rxjs';
import { emulatedApp, HOUR, MINUTE, REFRESH, SECOND } from '../../../testing-support/emulated-app';
import { errorOf, nextEvent } from '../../../testing-support/session-app';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';
import { LocalStorageAdapter, type StorageAdapter } from '../../public-api';
import { IndexedDbStorage } from '../storage/indexed-db-storage';
import { NO_LOCKS } from '../tabs/attempt-locks';

/** Tabs of one browser, each with the whole library, over one record and one Cognito. */
describe('claims of two tabs', () => {
  const app = emulatedApp();
  const browser = emulatedBrowser(app);

  async function twoTabs(
    storage: () => StorageAdapter = () => new IndexedDbStorage(),
  ): Promise<[BrowserTab, BrowserTab]> {
    return [await browser.signIn({ storage: storage() }), await browser.restore({ storage: storage() })];
  }

  function refreshTokensSent(): readonly (string | undefined)[] {
    return app.emulator.log.calls(REFRESH).map(({ tokensIn }) => tokensIn.refresh);
  }

  async function refreshTokenOf({ session }: BrowserTab): Promise<string | undefined> {
    return (await firstValueFrom(session.getTokens()))?.refreshToken;
  }

  describe.each<[string, () => StorageAdapter]>([
    ['localStorage', () => new LocalStorageAdapter()],
    ['IndexedDB', () => new IndexedDbStorage()],
  ])('over %s', (_, storage) => {
    it('make one call; the other tab takes its result over', async () => {
      const [a, b] = await twoTabs(storage);
      const barrier = app.emulator.hold(REFRESH);
      const renewals = [a, b].map(({ session }) => firstValueFrom(session.forceRefresh()));
      await barrier.arrived(1);
      await turns(10);

      await barrier.open();
      await Promise.all(renewals);

      expect(app.emulator.log.count(REFRESH)).toBe(1);
      const origins = [a, b].map(({ events }) => events.filter(({ type }) => type === 'tokenRefreshed'));
      expect(origins.flat().map(({ origin }) => origin)).toEqual(
        expect.arrayContaining(['thisTab', 'otherTab']),
      );
      expect(origins.flat()).toHaveLength(2);
      expect(await refreshTokenOf(a)).toBe(await refreshTokenOf(b));
      expect(browser.locks.names).toEqual([]);
    });
  });

  it('make one call when both wake up with a token that died in their sleep', async () => {
    const [a, b] = await twoTabs();
    const renewed = [a, b].map(({ session }) => nextEvent(session, 'tokenRefreshed'));

    browser.sleep(3 * HOUR);
    for (const { wake } of [a, b]) wake.next('visible');
    await Promise.all(renewed);

    expect(app.emulator.log.count(REFRESH)).toBe(1);
    for (const { session } of [a, b])
      expect(app.emulator.accessTokenStatus(await firstValueFrom(session.getAccessToken())).isValid).toBe(
        true,
      );
  });

  it('race 8: pass to the waiting tab at once when the owner dies', async () => {
    const [a, b] = await twoTabs();
    const barrier = app.emulator.hold(REFRESH);
    a.session.forceRefresh();
    await barrier.arrived(1);
    const renewed = firstValueFrom(b.session.forceRefresh());
    await turns(10);
    expect(barrier.arrivals).toBe(1);

    a.crash();
    await barrier.arrived(2);
    await barrier.release(1);
    await renewed;

    expect(b.events.at(-1)).toMatchObject({ type: 'tokenRefreshed', origin: 'thisTab' });
    expect((await browser.record()).gen).toBe(2);
  });

  it.each([
    ['with locks', undefined],
    ['without locks', NO_LOCKS],
  ])('let the caller go after 15 s and are taken over after 20 s of active time, %s', async (_, locks) => {
    const options = locks && { locks };
    const a = await browser.signIn(options);
    const b = await browser.restore(options);
    const barrier = app.emulator.hold(REFRESH);
    browser.sleep(3 * HOUR);
    a.wake.next('visible');
    await barrier.arrived(1);
    const waiting = errorOf(b.session.getAccessToken());
    await turns(10);

    await browser.pass(14 * SECOND, [b]);
    expect(b.events.map(({ type }) => type)).toEqual(['sessionRestored']);
    await browser.pass(2 * SECOND, [b]);
    expect(await waiting).toMatchObject({ code: 'timeout', retryable: true });
    expect(b.session.state()).toMatchObject({ status: 'signedIn' });
    await browser.pass(3 * SECOND, [b]);
    expect(barrier.arrivals).toBe(1);

    const renewed = nextEvent(b.session, 'tokenRefreshed');
    await browser.pass(6 * SECOND, [b]);
    await barrier.arrived(2);
    await barrier.release(1);
    await renewed;
    expect((await browser.record()).gen).toBe(2);
  });

  it('let each caller wait for 15 s of its own, with one call', async () => {
    const [a, b] = await twoTabs();
    const barrier = app.emulator.hold(REFRESH);
    browser.sleep(3 * HOUR);
    a.wake.next('visible');
    await barrier.arrived(1);
    const early = errorOf(b.session.getAccessToken());
    await turns(10);
    await browser.pass(16 * SECOND, [b]);
    expect(await early).toMatchObject({ code: 'timeout' });

    const late = firstValueFrom(b.session.getAccessToken());
    await browser.pass(2 * SECOND, [b]);
    await barrier.open();

    expect(app.emulator.accessTokenStatus(await late).isValid).toBe(true);
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });

  it('are made with a lock also by a tab that was in the back/forward cache while it waited', async () => {
    const [a, b] = await twoTabs();
    const barrier = app.emulator.hold(REFRESH);
    a.session.forceRefresh();
    await barrier.arrived(1);
    b.session.forceRefresh();
    await turns(10);

    // It lets go of what it holds on the way there.
    browser.locks.kill(b.name);
    a.crash();
    await barrier.arrived(2);

    const attempt = (await browser.record()).attempts.at(-1)?.id ?? '';
    expect(browser.locks.names).toEqual([expect.stringContaining(attempt)]);
    await barrier.release(1);
    await until(() => browser.locks.names.length === 0);
  });

  it('are not taken over while the waiting tab sleeps', async () => {
    const [a, b] = await twoTabs();
    const barrier = app.emulator.hold(REFRESH);
    const renewed = firstValueFrom(a.session.forceRefresh());
    await barrier.arrived(1);
    const other = firstValueFrom(b.session.forceRefresh());
    await turns(10);

    b.time.sleep(10 * MINUTE);
    await browser.pass(2 * SECOND, [b]);
    expect(barrier.arrivals).toBe(1);
    await barrier.open();

    await Promise.all([renewed, other]);
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });

  /** A sends first and is not answered; B has taken over and is served first. */
  async function servedInReverse(): Promise<{ a: BrowserTab; b: BrowserTab; answerA: () => Promise<void> }> {
    const [a, b] = await twoTabs();
    const barrier = app.emulator.hold(REFRESH);
    browser.sleep(3 * HOUR);
    a.wake.next('visible');
    await barrier.arrived(1);
    b.wake.next('visible');
    await turns(10);
    await browser.pass(25 * SECOND, [b]);
    await barrier.arrived(2);
    const renewed = nextEvent(b.session, 'tokenRefreshed');
    await barrier.release(1);
    await renewed;
    return { a, b, answerA: () => barrier.open() };
  }

  it('race 31: are won by the first commit, whichever tab sent first: the refusal of the outdated token changes nothing', async () => {
    const { a, b, answerA } = await servedInReverse();
    const adopted = nextEvent(a.session, 'tokenRefreshed');

    await answerA();

    await expect(adopted).resolves.toMatchObject({ origin: 'otherTab' });
    expect(await refreshTokenOf(a)).toBe(await refreshTokenOf(b));
    expect(a.events.map(({ type }) => type)).toEqual(['signedIn', 'tokenRefreshed']);
    expect(await browser.record()).toMatchObject({ gen: 2, attempts: [] });
    expect(await browser.record()).not.toHaveProperty('refused');
  });

  it('race 32: are won by the first commit: the answer that comes second is kept as spare', async () => {
    app.emulator.configure({ graceSeconds: 60, inGraceAnswer: 'bothValid' });
    const { a, b, answerA } = await servedInReverse();
    const adopted = nextEvent(a.session, 'tokenRefreshed');

    await answerA();

    await expect(adopted).resolves.toMatchObject({ origin: 'otherTab' });
    const { tokens, spare, gen } = await browser.record();
    expect(gen).toBe(2);
    expect(await refreshTokenOf(a)).toBe(tokens.refreshToken);
    expect(await refreshTokenOf(b)).toBe(tokens.refreshToken);
    expect(app.emulator.liveRefreshTokens({ username: 'alice' }).map(({ token }) => token)).toEqual(
      expect.arrayContaining([tokens.refreshToken, spare]),
    );
    expect(spare).not.toBe(tokens.refreshToken);
  });

  it('race 32: use the spare answer instead of signing out when the stored token is refused', async () => {
    app.emulator.configure({ graceSeconds: 60, inGraceAnswer: 'bothValid' });
    const { a, b, answerA } = await servedInReverse();
    const adopted = nextEvent(a.session, 'tokenRefreshed');
    await answerA();
    await adopted;
    const { tokens, spare } = await browser.record();
    app.emulator.log.clear();
    app.emulator.faults.add(REFRESH, { kind: 'error', type: 'NotAuthorizedException' });

    await firstValueFrom(b.session.forceRefresh());

    expect(refreshTokensSent()).toEqual([tokens.refreshToken, spare]);
    expect(b.session.state()).toMatchObject({ status: 'signedIn', refreshing: false });
    expect(await browser.record()).toMatchObject({ gen: 3, attempts: [] });
    expect(await browser.record()).not.toHaveProperty('spare');
    await firstValueFrom(a.session.forceRefresh());
    expect(await refreshTokenOf(a)).toBe(await refreshTokenOf(b));
  });

  it('revoke the spare answer, too, at sign-out', async () => {
    app.emulator.configure({ graceSeconds: 60, inGraceAnswer: 'bothValid' });
    const { a, b, answerA } = await servedInReverse();
    const adopted = nextEvent(a.session, 'tokenRefreshed');
    await answerA();
    await adopted;

    await firstValueFrom(b.session.signOut());

    await until(() => app.emulator.liveRefreshTokens({ username: 'alice' }).length === 0);
    expect(await browser.record()).toMatchObject({ sid: null });
  });

  it('let the waiting tab look again only when there is something to see', async () => {
    const [a, b] = await twoTabs();
    app.emulator.faults.add(REFRESH, { kind: 'resetBeforeProcessing' });
    await errorOf(a.session.forceRefresh());
    const barrier = app.emulator.hold(REFRESH);
    const failed = nextEvent(b.session, 'error');
    b.session.forceRefresh().subscribe({ error: () => {} });
    await failed;
    await browser.pass(6 * SECOND, [b]);
    b.session.forceRefresh();
    await barrier.arrived(1);

    // The attempt that A lost is still in the record when A waits for B.
    await browser.pass(6 * SECOND, [a]);
    a.session.forceRefresh().subscribe({ error: () => {} });
    await turns(20);
    const askedThen = browser.locks.asked;
    await turns(50);

    expect((await browser.record()).attempts).toHaveLength(2);
    expect(browser.locks.asked - askedThen).toBe(0);
    await barrier.open();
  });

  it.each<[string, (tabs: { b: BrowserTab; c: BrowserTab }) => BrowserTab]>([
    ['the tab that took over', ({ b }) => b],
    ['a third tab', ({ c }) => c],
  ])('pass to %s when the attempt that took over gets no answer, either', async (_, next) => {
    const [a, b] = await twoTabs();
    const c = await browser.restore();
    const barrier = app.emulator.hold(REFRESH);
    browser.sleep(3 * HOUR);
    a.wake.next('visible');
    await barrier.arrived(1);
    app.emulator.faults.add(REFRESH, { kind: 'resetBeforeProcessing' });
    b.wake.next('visible');
    await turns(10);
    await browser.pass(18 * SECOND, [b]);
    const failed = nextEvent(b.session, 'error');
    await browser.pass(7 * SECOND, [b]);
    await barrier.arrived(2);
    await barrier.release(1);
    await failed;

    // A sleeps on, and holds its lock.
    const third = next({ b, c });
    third.wake.next('visible');
    await browser.pass(45 * SECOND, [third]);

    await barrier.arrived(3);
    const renewed = nextEvent(third.session, 'tokenRefreshed');
    await barrier.release(2);
    await expect(renewed).resolves.toMatchObject({ origin: 'thisTab' });
    expect((await browser.record()).attempts).toContainEqual(expect.objectContaining({ gen: 1 }));
  });
});
