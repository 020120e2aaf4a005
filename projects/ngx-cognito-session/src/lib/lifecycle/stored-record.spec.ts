import { TestBed } from '@angular/core/testing';
import { startEmulator, type Emulator } from 'cognito-emulator';
import { IDBFactory } from 'fake-indexeddb';
import { firstValueFrom } from 'rxjs';
import { ManualTime } from '../../../testing-support/manual-time';
import { authTokens } from '../../../testing-support/test-tokens';
import { turns, until } from '../../../testing-support/turns';
import { renewByHand } from '../../../testing-support/renew-by-hand';
import {
  configFor,
  errorOf,
  nextEvent,
  nextStatus,
  startApp,
  type SessionApp,
} from '../../../testing-support/session-app';
import {
  CookieStorageAdapter,
  LocalStorageAdapter,
  MemoryStorage,
  withStorage,
  type AuthTokens,
  type SessionConfig,
  type StorageAdapter,
} from '../../public-api';
import { DELETE, IndexedDbItems } from '../storage/indexed-db-items';
import { IndexedDbStorage } from '../storage/indexed-db-storage';

const REFRESH = 'GetTokensFromRefreshToken';
const HOUR = 3_600_000;

/** Pages of one origin over real record steps: one IndexedDB, one storage, one Cognito. */
describe('a session with a stored record', () => {
  let emulator: Emulator;
  let time: ManualTime;

  beforeEach(async () => {
    time = new ManualTime();
    localStorage.clear();
    globalThis.indexedDB = new IDBFactory();
    emulator = await startEmulator({
      clock: time,
      pools: [
        {
          clients: [{ clientId: 'client1', rotation: true, graceSeconds: 0 }],
          users: [
            { username: 'alice', password: 'Correct-horse-1' },
            { username: 'bob', password: 'Correct-horse-2' },
          ],
        },
      ],
    });
  });

  afterEach(async () => {
    Reflect.deleteProperty(globalThis, 'indexedDB');
    await emulator.close();
  });

  function open(adapter: StorageAdapter, config: Partial<SessionConfig> = {}): SessionApp {
    return startApp({ config: configFor(emulator, config), time, features: [withStorage(adapter)] });
  }

  function recordKey(): string {
    return `record:${emulator.clientId}`;
  }

  function storedRecord(): Promise<unknown> {
    return new IndexedDbItems('cognito-session').read(recordKey());
  }

  function changeRecord(value: unknown): Promise<unknown> {
    const items = new IndexedDbItems('cognito-session');
    return items.change(recordKey(), () => [value ?? DELETE, null]);
  }

  /** Another tab has signed out. */
  async function endElsewhere(): Promise<void> {
    const { sid } = (await storedRecord()) as { sid: string };
    await changeRecord({ v: 1, sid: null, ended: sid, since: time.now() });
  }

  async function signedIn(adapter: StorageAdapter, user = 'alice'): Promise<SessionApp> {
    const app = open(adapter);
    await firstValueFrom(app.session.setTokens(await emulator.signIn(user)));
    return app;
  }

  describe.each<[string, () => StorageAdapter]>([
    ['localStorage', () => new LocalStorageAdapter()],
    ['IndexedDB', () => new IndexedDbStorage()],
  ])('in %s', (_, adapter) => {
    it('survives a reload, a renewal and another reload', async () => {
      await signedIn(adapter());
      const second = open(adapter());
      await firstValueFrom(second.session.initialize());
      await firstValueFrom(second.session.forceRefresh());

      const third = open(adapter());
      await firstValueFrom(third.session.initialize());

      expect(third.session.user()?.username).toBe('alice');
      const [live] = emulator.liveRefreshTokens({ username: 'alice' });
      expect((await firstValueFrom(third.session.getTokens()))?.refreshToken).toBe(live?.token);
      expect(emulator.log.count(REFRESH)).toBe(1);
    });

    it('stays signed out after a reload, and leaves no token anywhere', async () => {
      const { session } = await signedIn(adapter());
      const tokens = await firstValueFrom(session.getTokens());
      await firstValueFrom(session.signOut());

      const next = open(adapter());
      await firstValueFrom(next.session.initialize());

      expect(next.session.state()).toMatchObject({ status: 'signedOut' });
      const everything = JSON.stringify([contentOf(localStorage), await storedRecord()]);
      expect(everything).not.toContain(tokens?.accessToken);
      expect(everything).not.toContain(tokens?.refreshToken);
      expect(await storedRecord()).toMatchObject({ sid: null });
    });

    it('takes over what another tab has renewed, without a call of its own', async () => {
      const { session } = await signedIn(adapter());
      const mine = await firstValueFrom(session.getTokens());
      const other = await renewInAnotherTab(mine);
      time.sleep(HOUR / 2);
      emulator.log.clear();

      await firstValueFrom(session.forceRefresh());

      expect((await firstValueFrom(session.getTokens()))?.refreshToken).toBe(other);
      expect(emulator.log.count(REFRESH)).toBe(0);
    });

    it('follows a sign-out in another tab at the next renewal', async () => {
      const { session, events } = await signedIn(adapter());
      await endElsewhere();

      expect(await errorOf(session.forceRefresh())).toMatchObject({ code: 'signedOutElsewhere' });

      expect(session.state()).toEqual({ status: 'signedOut', reason: 'signedOutElsewhere' });
      expect(events).toContainEqual({ type: 'signedOut', origin: 'otherTab' });
      expect(emulator.log.count(REFRESH)).toBe(0);
    });

    it('ends with storageCleared, once, when everything was cleared', async () => {
      const { session, events } = await signedIn(adapter());
      await turns(10);
      localStorage.clear();
      await changeRecord(undefined);

      await errorOf(session.forceRefresh());

      expect(session.state()).toEqual({ status: 'signedOut', reason: 'storageCleared' });
      expect(events.filter(({ type }) => type === 'sessionExpired')).toHaveLength(1);
    });

    it('refreshes an expired session before it says that the user is signed in', async () => {
      await signedIn(adapter());
      time.sleep(2 * HOUR);

      const { session } = open(adapter());
      expect(session.state().status).toBe('restoring');
      const token = firstValueFrom(session.getAccessToken());
      // Without time passing: a slow machine must not look like a slow Cognito.
      await advanceUntil(nextStatus(session, 'signedIn'), 0);

      expect(emulator.accessTokenStatus(await token).isValid).toBe(true);
      expect(emulator.log.count(REFRESH)).toBe(1);
    });

    it('drops a late answer after a sign-out in another tab, and revokes what it brought', async () => {
      const { session } = await signedIn(adapter());
      const barrier = emulator.hold(REFRESH, 'afterCommit');
      const outcome = errorOf(session.forceRefresh());
      await barrier.arrived(1);
      await endElsewhere();

      await barrier.open();

      expect(await outcome).toMatchObject({ code: 'signedOutElsewhere' });
      await emulator.log.whenEnded('RevokeToken', 1);
      expect(emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
    });
  });

  describe('in localStorage, before the record is read', () => {
    it('is shown at once and hands nothing out yet', async () => {
      await signedIn(new LocalStorageAdapter());

      const { session } = open(new LocalStorageAdapter());
      expect(session.user()?.username).toBe('alice');
      const given: unknown[] = [];
      session.getAccessToken().subscribe((token) => given.push(token));
      session.getTokens().subscribe((tokens) => given.push(tokens));

      expect(given).toEqual([]);
      await firstValueFrom(session.initialize());
      await firstValueFrom(session.getAccessToken());
      expect(given).toHaveLength(2);
    });

    it('is not restored if the record says that the user signed out', async () => {
      await signedIn(new LocalStorageAdapter());
      await endElsewhere();

      const { session, events } = open(new LocalStorageAdapter());
      const token = errorOf(session.getAccessToken());
      await nextStatus(session, 'signedOut');

      expect(await token).toMatchObject({ code: 'noSession' });
      expect([session.state(), events]).toEqual([{ status: 'signedOut', reason: 'noSession' }, []]);
      await until(() => localStorage.length === 0);
    });

    it('never gives the token of another user to a caller that asked for the first one’s', async () => {
      await signedIn(new LocalStorageAdapter());
      const alices = contentOf(localStorage);
      await signedIn(new LocalStorageAdapter(), 'bob');
      TestBed.resetTestingModule();
      await turns(10);
      for (const [key, value] of Object.entries(alices)) localStorage.setItem(key, value ?? '');

      const { session } = open(new LocalStorageAdapter());
      expect(session.user()?.username).toBe('alice');
      const token = errorOf(session.getAccessToken());
      await nextEvent(session, 'sessionRestored');

      expect(await token).toMatchObject({ code: 'superseded' });
      expect(session.user()?.username).toBe('bob');
    });

    it('signs out and hands nothing out if the record is of a future version, which is left alone', async () => {
      await signedIn(new LocalStorageAdapter());
      await changeRecord({ v: 2, from: 'the future' });

      const { session, events } = open(new LocalStorageAdapter());

      expect(await errorOf(session.getAccessToken())).toMatchObject({ code: 'storageUnreadable' });
      expect(session.state()).toEqual({ status: 'signedOut', reason: 'storageUnreadable' });
      expect(events).toMatchObject([{ type: 'error', error: { code: 'storageError' } }]);
      expect(await storedRecord()).toEqual({ v: 2, from: 'the future' });
    });

    it('is the record if that is missing or corrupt', async () => {
      for (const damaged of [undefined, { v: 1, sid: 7 }]) {
        const first = await signedIn(new LocalStorageAdapter());
        const tokens = await firstValueFrom(first.session.getTokens());
        await changeRecord(damaged);

        const { session, events } = open(new LocalStorageAdapter());
        await firstValueFrom(session.initialize());

        expect(await firstValueFrom(session.getTokens())).toEqual(tokens);
        await until(() => events.length > 0);
        expect(events.map(({ type }) => type)).toEqual([
          ...(damaged === undefined ? [] : ['error']),
          'sessionRestored',
        ]);
        expect(await storedRecord()).toMatchObject({
          gen: 1,
          tokens: { refreshToken: tokens?.refreshToken },
        });
      }
    });
  });

  it('keeps the refresh token in the record, and finds it there again, when the rest lies in cookies', async () => {
    const first = await signedIn(new CookieStorageAdapter({ secure: false }));
    const { refreshToken = '' } = (await firstValueFrom(first.session.getTokens())) ?? {};
    expect(document.cookie).not.toContain(refreshToken.slice(100, 200));

    const { session } = open(new CookieStorageAdapter({ secure: false }));
    expect(session.user()?.username).toBe('alice');

    expect((await firstValueFrom(session.getTokens()))?.refreshToken).toBe(refreshToken);
    await firstValueFrom(session.forceRefresh());
    expect(emulator.log.count(REFRESH)).toBe(1);
    await firstValueFrom(session.signOut());
    expect(document.cookie).toBe('');
  });

  it('commits the answer again when only the record was lost while Cognito was at work', async () => {
    const { session } = await signedIn(new LocalStorageAdapter());
    const barrier = emulator.hold(REFRESH, 'afterCommit');
    const renewed = firstValueFrom(session.forceRefresh());
    await barrier.arrived(1);
    await changeRecord(undefined);

    await barrier.open();
    await renewed;

    const [live] = emulator.liveRefreshTokens({ username: 'alice' });
    expect((await firstValueFrom(session.getTokens()))?.refreshToken).toBe(live?.token);
    expect(session.state()).toMatchObject({ status: 'signedIn', refreshing: false });
    expect(emulator.log.count('RevokeToken')).toBe(0);
  });

  it('leaves the session of another tab alone when it is told to sign out and no user is signed in', async () => {
    const { session } = open(new LocalStorageAdapter());
    await firstValueFrom(session.initialize());
    const { accessToken, expiresAt, clockDrift } = authTokens({ iat: Math.floor(time.now() / 1000) });
    const tokens = { accessToken, expiresAt, clockDrift };
    await changeRecord({ v: 1, sid: 'another-tab', gen: 1, since: time.now(), tokens, attempts: [] });

    await firstValueFrom(session.signOut());

    expect(await storedRecord()).toMatchObject({ sid: 'another-tab' });
  });

  it('revokes at sign-out the refresh token that another tab has renewed meanwhile', async () => {
    const { session } = await signedIn(new LocalStorageAdapter());
    await renewInAnotherTab(await firstValueFrom(session.getTokens()));

    await firstValueFrom(session.signOut());

    await emulator.log.whenEnded('RevokeToken', 2);
    expect(emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
  });

  it('finds the session when the database answers after all', async () => {
    await signedIn(new IndexedDbStorage());
    const openDatabase = globalThis.indexedDB.open.bind(globalThis.indexedDB);
    globalThis.indexedDB.open = () => ({}) as IDBOpenDBRequest;
    const { session, events } = open(new IndexedDbStorage());

    time.advance(2000);
    time.advance(1999);
    expect(session.state().status).toBe('restoring');
    // Two tries of 2 s.
    time.advance(1);
    expect(session.state()).toEqual({ status: 'signedOut', reason: 'storageUnreadable' });
    globalThis.indexedDB.open = openDatabase;
    await advanceUntil(nextStatus(session, 'signedIn'));

    expect(session.user()?.username).toBe('alice');
    expect(events.map(({ type }) => type)).toEqual(['error', 'sessionRestored']);
  });

  describe('after the page was not looking', () => {
    it.each(['hidden', 'freeze', 'pagehide'] as const)(
      'hands nothing out before the record is read (%s)',
      async (signal) => {
        const { session, sleep, wake, states } = await signedIn(new LocalStorageAdapter());
        // The look of the start may still be under way. It would verify the tokens before they end elsewhere.
        await turns(20);
        const statesThen = states.length;
        sleep.next(signal);
        await endElsewhere();
        // A page that is stopped reads nothing.
        if (signal !== 'hidden') wake.next('resume');

        expect(await errorOf(session.getAccessToken())).toMatchObject({ code: 'signedOutElsewhere' });
        expect(states.slice(statesThen)).toEqual([{ status: 'signedOut', reason: 'signedOutElsewhere' }]);
      },
    );

    it.each(['visible', 'pageshow', 'resume'] as const)(
      'notices at once that the user signed out elsewhere (%s)',
      async (signal) => {
        const { session, sleep, wake, events } = await signedIn(new LocalStorageAdapter());
        sleep.next('hidden');
        await endElsewhere();

        wake.next(signal);
        await nextStatus(session, 'signedOut');

        expect(events.at(-1)).toEqual({ type: 'signedOut', origin: 'otherTab' });
      },
    );

    it('takes over what another tab has renewed meanwhile', async () => {
      const { session, sleep, wake } = await signedIn(new LocalStorageAdapter());
      const mine = await firstValueFrom(session.getTokens());
      sleep.next('hidden');
      const other = await renewInAnotherTab(mine);

      const renewed = nextEvent(session, 'tokenRefreshed');
      wake.next('visible');

      await expect(renewed).resolves.toMatchObject({ origin: 'otherTab' });
      expect((await firstValueFrom(session.getTokens()))?.refreshToken).toBe(other);
    });

    it('reads the record once for all who ask, and not again', async () => {
      const { session, sleep } = await signedIn(new IndexedDbStorage());
      sleep.next('hidden');

      const [first, second] = await Promise.all([
        firstValueFrom(session.getAccessToken()),
        firstValueFrom(session.getAccessToken()),
      ]);
      const given: string[] = [];
      session.getAccessToken().subscribe((token) => given.push(token));

      expect(first).toBe(second);
      expect(given).toEqual([first]);
    });

    it('keeps a session that only this tab’s memory holds', async () => {
      const refusing = new LocalStorageAdapter();
      refusing.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
      globalThis.indexedDB.open = () => {
        throw new DOMException('denied', 'SecurityError');
      };
      const { session, sleep, wake } = await signedIn(refusing);

      sleep.next('hidden');
      wake.next('visible');

      expect(await firstValueFrom(session.getAccessToken())).toBeDefined();
      expect(session.isSignedIn()).toBe(true);
    });
  });

  it('is one session for two regions of one app client: a pool that fails over keeps it', async () => {
    await signedIn(new LocalStorageAdapter());
    const { sid } = (await storedRecord()) as { sid: string };
    const { userPoolId: _pool, ...config } = configFor(emulator);

    const { session } = startApp({
      config: { ...config, region: 'eu-central-1' },
      time,
      features: [withStorage(new LocalStorageAdapter())],
    });
    await firstValueFrom(session.forceRefresh());

    expect(session.user()?.username).toBe('alice');
    expect(await storedRecord()).toMatchObject({ sid, gen: 2 });
    expect(emulator.log.count(REFRESH)).toBe(1);
  });

  it.each<[string, unknown]>([
    ['corrupt', { v: 1, sid: 7 }],
    ['of a future version', { v: 2 }],
  ])('reads a record that is %s as signed out, reports it and leaves it alone', async (_, value) => {
    await signedIn(new IndexedDbStorage());
    await changeRecord(value);

    const { session, events } = open(new IndexedDbStorage());
    await firstValueFrom(session.initialize());

    expect(session.state()).toEqual({ status: 'signedOut', reason: 'storageUnreadable' });
    expect(events).toMatchObject([{ type: 'error', error: { code: 'storageError' } }]);
    expect(await storedRecord()).toEqual(value);
  });

  it('reads a record with the tokens of another app client as signed out and leaves it alone', async () => {
    await signedIn(new IndexedDbStorage());
    const record = (await storedRecord()) as { tokens: AuthTokens };
    const foreign = { ...record, tokens: { ...record.tokens, ...foreignTokens() } };
    await changeRecord(foreign);

    const { session, events } = open(new IndexedDbStorage());
    await firstValueFrom(session.initialize());

    expect(session.state()).toEqual({ status: 'signedOut', reason: 'storageUnreadable' });
    expect(events).toMatchObject([
      { type: 'error', error: { code: 'storageError', cause: { name: 'SessionError' } } },
    ]);
    expect(await storedRecord()).toEqual(foreign);
  });

  it('starts anew over a corrupt record with the next sign-in', async () => {
    await changeRecord('nonsense');
    const { session } = await signedIn(new IndexedDbStorage());

    expect(session.isSignedIn()).toBe(true);
    expect(await storedRecord()).toMatchObject({ v: 1, gen: 1 });
  });

  it.each<[string, () => StorageAdapter]>([
    ['localStorage with another prefix', () => new LocalStorageAdapter('other:')],
    ['IndexedDB', () => new IndexedDbStorage()],
  ])('is found again when the app goes on with %s', async (_, adapter) => {
    await signedIn(new LocalStorageAdapter());

    const { session } = open(adapter());
    await firstValueFrom(session.initialize());

    expect(session.user()?.username).toBe('alice');
    expect(emulator.accessTokenStatus(await firstValueFrom(session.getAccessToken())).isValid).toBe(true);
  });

  it('is used from its copy when the database cannot be opened, which is logged once', async () => {
    globalThis.indexedDB.open = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    const { session, logged } = await signedIn(new LocalStorageAdapter());
    const refreshed = firstValueFrom(session.forceRefresh());
    await turns();
    time.advance(250);
    await refreshed;

    const next = open(new LocalStorageAdapter());
    await firstValueFrom(next.session.initialize());

    expect(next.session.user()?.username).toBe('alice');
    expect(logged.filter(({ text }) => text.includes('from its database'))).toHaveLength(1);
  });

  it('writes nothing anywhere by default, IndexedDB included', async () => {
    const app = startApp({ config: configFor(emulator), time });
    await firstValueFrom(app.session.setTokens(await emulator.signIn('alice')));
    await firstValueFrom(app.session.forceRefresh());
    const explicit = open(new MemoryStorage());
    await firstValueFrom(explicit.session.setTokens(await emulator.signIn('alice')));

    expect(await globalThis.indexedDB.databases()).toEqual([]);
    expect([contentOf(localStorage), contentOf(sessionStorage), document.cookie]).toEqual([{}, {}, '']);
  });

  /** Gives timers and databases their turns until the promise has settled. */
  async function advanceUntil(settled: Promise<unknown>, stepMs = 25): Promise<void> {
    const progress = { isDone: false };
    const watched = settled.finally(() => (progress.isDone = true));
    while (!progress.isDone) {
      await new IndexedDbItems('elsewhere').read('nothing');
      time.advance(stepMs);
    }
    await watched;
  }

  /** What the other tab's library does: one call, then the record. Its copy is late. */
  async function renewInAnotherTab(mine: AuthTokens | null): Promise<string> {
    const result = await renewByHand(emulator, mine?.refreshToken ?? '');
    const tokens = {
      ...mine,
      accessToken: result.AccessToken,
      idToken: result.IdToken,
      refreshToken: result.RefreshToken,
    };
    await changeRecord({ ...((await storedRecord()) as object), gen: 2, tokens });
    return result.RefreshToken;
  }
});

function contentOf(storage: Storage): Record<string, string | null> {
  return Object.fromEntries(Object.keys(storage).map((key) => [key, storage.getItem(key)]));
}

function foreignTokens(): Partial<AuthTokens> {
  const { accessToken, idToken } = authTokens({ iat: Math.floor(new ManualTime().now() / 1000) });
  return { accessToken, ...(idToken !== undefined && { idToken }) };
}
