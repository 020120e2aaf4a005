import { firstValueFrom } from 'rxjs';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { emulatedApp, HOUR, MINUTE, REFRESH, REVOKE, SECOND } from '../../../testing-support/emulated-app';
import { failingDatabase } from '../../../testing-support/failing-writes';
import { blockDatabase } from '../../../testing-support/raw-database';
import { errorOf, nextEvent } from '../../../testing-support/session-app';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';
import { IndexedDbStorage } from '../storage/indexed-db-storage';

describe('a renewal that is interrupted', () => {
  const app = emulatedApp();
  const browser = emulatedBrowser(app);
  const database = failingDatabase();

  afterEach(() => {
    database.mend();
  });

  interface Phase {
    /** In the middle of a renewal. */
    readonly tab: BrowserTab;
    /** Lets it go on to its end. */
    readonly goOn: () => Promise<void>;
    /** A storage that does not answer is given up after 2 s, come what may. */
    readonly storageCalls?: number;
  }

  /** Another tab is at work. */
  async function waiting(): Promise<Phase> {
    const a = await browser.signIn();
    const tab = await browser.restore();
    const barrier = app.emulator.hold(REFRESH);
    a.session.forceRefresh().subscribe({ error: () => {} });
    await barrier.arrived(1);
    tab.session.forceRefresh().subscribe({ error: () => {} });
    await turns(10);
    await browser.pass(3 * SECOND, [tab]);
    const goOn = async () => {
      await barrier.open();
      await browser.pass(5 * SECOND, [a]);
    };
    return { tab, goOn };
  }

  async function claiming(): Promise<Phase> {
    const tab = await browser.signIn();
    tab.session.forceRefresh().subscribe({ error: () => {} });
    return { tab, goOn: () => turns(10) };
  }

  async function calling(point: 'beforeProcessing' | 'afterCommit'): Promise<Phase> {
    const tab = await browser.signIn();
    const barrier = app.emulator.hold(REFRESH, point);
    tab.session.forceRefresh().subscribe({ error: () => {} });
    await barrier.arrived(1);
    return { tab, goOn: () => barrier.open() };
  }

  /** The answer has arrived; the database takes its time to store it. */
  async function committing(): Promise<Phase> {
    const tab = await browser.signIn();
    const barrier = app.emulator.hold(REFRESH);
    tab.session.forceRefresh().subscribe({ error: () => {} });
    await barrier.arrived(1);
    const release = await blockDatabase('cognito-session');
    await barrier.open();
    await turns(20);
    const goOn = async () => {
      release();
      await turns(10);
    };
    return { tab, goOn, storageCalls: 2 };
  }

  async function retrying(): Promise<Phase> {
    const tab = await browser.signIn();
    const barrier = app.emulator.hold(REFRESH);
    const renewed = firstValueFrom(tab.session.forceRefresh());
    await barrier.arrived(1);
    database.fail();
    await barrier.open();
    await renewed;
    await browser.pass(2 * SECOND);
    const goOn = async () => {
      database.mend();
      await browser.pass(MINUTE);
    };
    return { tab, goOn };
  }

  async function backingOff(): Promise<Phase> {
    const tab = await browser.signIn();
    app.emulator.faults.add(REFRESH, { kind: 'resetBeforeProcessing' });
    browser.sleep(3 * HOUR);
    const failed = nextEvent(tab.session, 'error');
    tab.wake.next('visible');
    await failed;
    return { tab, goOn: () => browser.pass(MINUTE) };
  }

  const PHASES: [string, () => Promise<Phase>][] = [
    ['waits for another tab', waiting],
    ['claims', claiming],
    ['calls', () => calling('beforeProcessing')],
    ['has yet to hear what Cognito has done', () => calling('afterCommit')],
    ['commits', committing],
    ['tries the commit again', retrying],
    ['backs off', backingOff],
  ];

  describe.each(PHASES)('while it %s', (_, reach) => {
    it('race 24: by a sign-out stores nothing, publishes nothing and leaves no refresh token alive', async () => {
      const { tab, goOn } = await reach();

      const signedOut = firstValueFrom(tab.session.signOut());
      const [statesThen, eventsThen] = [tab.states.length, tab.events.length];
      database.mend();
      await goOn();
      await signedOut;
      await app.emulator.log.whenEnded(REVOKE, 1);
      await until(() => app.emulator.liveRefreshTokens({ username: 'alice' }).length === 0);
      await browser.pass(MINUTE);

      expect(tab.session.state()).toEqual({ status: 'signedOut', reason: 'signedOut' });
      expect(tab.states).toHaveLength(statesThen);
      // The caller of a command that came to nothing is told, as are those whose storage failed.
      expect(tab.events.slice(eventsThen).filter(({ type }) => type !== 'error')).toEqual([]);
      expect(await browser.record()).toEqual({
        v: 1,
        sid: null,
        ended: expect.any(String),
        since: expect.any(Number),
      });
      expect(browser.locks.names).toEqual([]);
    });

    it('race 48: by the end of the app leaves no timer, and no lock once it has come to its end', async () => {
      const { tab, goOn, storageCalls = 0 } = await reach();

      tab.destroy();
      await until(() => tab.time.armedTimers === storageCalls);
      await goOn();

      await until(() => tab.time.armedTimers === 0 && browser.locks.names.length === 0);
      await turns(10);
      expect([tab.time.armedTimers, browser.locks.names]).toEqual([0, []]);
    });
  });

  it.each<[string, () => Promise<Phase>]>([
    ['on its way to Cognito', () => calling('beforeProcessing')],
    ['on its way back', () => calling('afterCommit')],
    ['being stored', committing],
  ])('by the end of the app is stored all the same when it is %s', async (_, reach) => {
    const { tab, goOn } = await reach();
    const statesThen = tab.states.length;

    tab.destroy();
    await goOn();
    await until(() => app.emulator.liveRefreshTokens({ username: 'alice' }).length === 1);
    await turns(30);

    const [live] = app.emulator.liveRefreshTokens({ username: 'alice' });
    const record = await browser.record();
    expect(record).toMatchObject({ gen: 2, attempts: [] });
    expect(record.tokens.refreshToken).toBe(live?.token);
    expect(tab.states).toHaveLength(statesThen);
  });

  it('by the end of the app gives an answer that cannot be stored up, without a timer', async () => {
    const { tab, goOn } = await calling('beforeProcessing');
    tab.destroy();
    database.fail();

    await goOn();
    await until(() => database.refused > 0);
    await until(() => browser.locks.names.length === 0);
    await turns(10);

    expect(tab.time.armedTimers).toBe(0);
  });

  it('race 29: by another user’s sign-in leaves his session alone', async () => {
    const { tab, goOn } = await calling('afterCommit');

    await firstValueFrom(tab.session.setTokens(await app.emulator.signIn('bob')));
    await goOn();
    await until(() => app.emulator.liveRefreshTokens({ username: 'alice' }).length === 0);
    await turns(10);

    expect(tab.session.user()?.username).toBe('bob');
    expect(await browser.record()).toMatchObject({ gen: 1, attempts: [] });
    expect(app.emulator.liveRefreshTokens({ username: 'bob' })).toHaveLength(1);
  });

  it('by the app’s own newer tokens keeps the rotated answer as spare, and uses it later', async () => {
    const tab = await browser.signIn();
    const first = await firstValueFrom(tab.session.getTokens());
    app.emulator.configure({ rotation: false });
    browser.sleep(10 * MINUTE);
    await firstValueFrom(tab.session.forceRefresh());
    const newer = await firstValueFrom(tab.session.getTokens());
    tab.destroy();
    await browser.changeRecord((record) => ({ ...record, gen: 1, ...(first && { tokens: first }) }));
    app.emulator.configure({ rotation: true });
    app.emulator.log.clear();
    const page = await browser.restore();
    const barrier = app.emulator.hold(REFRESH, 'afterCommit');
    const renewal = firstValueFrom(page.session.forceRefresh());
    await barrier.arrived(1);

    await firstValueFrom(page.session.setTokens(newer ?? {}));
    await barrier.open();
    await renewal;
    const { spare, tokens, gen } = await browser.record();
    expect(gen).toBe(2);
    expect(tokens.accessToken).toBe(newer?.accessToken);
    expect(app.emulator.liveRefreshTokens({ username: 'alice' })).toMatchObject([{ token: spare }]);

    await firstValueFrom(page.session.forceRefresh());

    expect(page.session.isSignedIn()).toBe(true);
    expect(await browser.record()).toMatchObject({ gen: 3, attempts: [] });
    const held = await firstValueFrom(page.session.getTokens());
    expect(app.emulator.liveRefreshTokens({ username: 'alice' })).toMatchObject([
      { token: held?.refreshToken },
    ]);
  });

  it.each([
    ['in IndexedDB', () => new IndexedDbStorage()],
    ['in memory', () => new CountingStorage()],
  ])('by the bare refresh token held is joined: one request, one session (%s)', async (_, storage) => {
    const tab = await browser.signIn({ storage: storage() });
    const { refreshToken = '' } = (await firstValueFrom(tab.session.getTokens())) ?? {};
    const barrier = app.emulator.hold(REFRESH);
    const renewal = firstValueFrom(tab.session.forceRefresh());
    await barrier.arrived(1);

    const signIn = firstValueFrom(tab.session.setTokens({ refreshToken }));
    await turns(10);
    await barrier.open();
    await Promise.all([renewal, signIn]);

    expect(app.emulator.log.count(REFRESH)).toBe(1);
    const held = await firstValueFrom(tab.session.getTokens());
    expect(app.emulator.liveRefreshTokens({ username: 'alice' })).toMatchObject([
      { token: held?.refreshToken },
    ]);
    expect(app.emulator.log.count(REVOKE)).toBe(0);
  });

  it('by the bare refresh token of another user does not make that one wait (E17)', async () => {
    const tab = await browser.signIn();
    const { RefreshToken } = await app.emulator.signIn('bob');
    const barrier = app.emulator.hold(REFRESH);
    const renewal = errorOf(tab.session.forceRefresh());
    await barrier.arrived(1);

    const signIn = firstValueFrom(tab.session.setTokens({ refreshToken: RefreshToken }));
    await barrier.arrived(2);
    await barrier.release(1);
    await signIn;
    expect(tab.session.user()?.username).toBe('bob');
    await firstValueFrom(tab.session.signOut());
    await barrier.open();

    expect(await renewal).toMatchObject({ code: 'superseded' });
    await until(() => app.emulator.liveRefreshTokens({ username: 'bob' }).length === 0);
    await until(() => app.emulator.liveRefreshTokens({ username: 'alice' }).length === 0);
  });
});
