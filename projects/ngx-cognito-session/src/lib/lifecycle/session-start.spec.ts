import { IDBDatabase as FakeDatabase } from 'fake-indexeddb';
import { firstValueFrom } from 'rxjs';
import { emulatedApp, REFRESH, REVOKE, SECOND } from '../../../testing-support/emulated-app';
import { deleteDatabase } from '../../../testing-support/raw-database';
import { replaceProperty } from '../../../testing-support/replaced-global';
import { errorOf, nextEvent, nextStatus, type SessionApp } from '../../../testing-support/session-app';
import { emulatedBrowser } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';
import {
  CookieStorageAdapter,
  IndexedDbStorage,
  LocalStorageAdapter,
  type StorageAdapter,
} from '../../public-api';

const app = emulatedApp();
const browser = emulatedBrowser(app);
let undo = () => {};

afterEach(() => {
  undo();
  undo = () => {};
  for (const pair of document.cookie.split(';'))
    document.cookie = `${pair.split('=')[0] ?? ''}=; Max-Age=0; Path=/`;
});

/** A page of before, in which the user has signed in. */
async function signInBefore(storage: StorageAdapter): Promise<void> {
  const page = await browser.signIn({ storage });
  await until(() => page.session.isSignedIn());
  page.destroy();
  await browser.pass(SECOND);
}

function replaceOpen(open: () => unknown): void {
  undo = replaceProperty(indexedDB, 'open', { writable: true, value: open });
}

function eventsOf({ events }: SessionApp): readonly string[] {
  return events.map(({ type }) => type);
}

const copyKey = () => `cognito-session:${app.emulator.clientId}`;

describe('a page that starts', () => {
  it('creates an object store that is missing, and restores the session from its copy', async () => {
    await signInBefore(new LocalStorageAdapter());
    await deleteDatabase('cognito-session');
    await new Promise<void>((resolve) => {
      const request = indexedDB.open('cognito-session', 1);
      request.onsuccess = () => {
        request.result.close();
        resolve();
      };
    });

    const page = await browser.restore({ storage: new LocalStorageAdapter() });
    await firstValueFrom(page.session.forceRefresh());

    expect(eventsOf(page)).toEqual(['sessionRestored', 'tokenRefreshed']);
    expect(await browser.record()).toMatchObject({ gen: 2 });
  });

  it.each<[string, () => unknown]>([
    [
      'fails',
      () => {
        throw new DOMException('Damaged.', 'UnknownError');
      },
    ],
    ['never answers', () => ({})],
  ])(
    'goes on with the copy when its database %s, and the next page finds what it has refreshed',
    async (_, open) => {
      await signInBefore(new LocalStorageAdapter());
      replaceOpen(open);

      const page = browser.open({ storage: new LocalStorageAdapter() });
      const token = firstValueFrom(page.session.getAccessToken());
      await browser.pass(5 * SECOND);
      expect(app.emulator.accessTokenStatus(await token).isValid).toBe(true);
      const refreshed = firstValueFrom(page.session.forceRefresh());
      await browser.pass(5 * SECOND);
      await refreshed;
      const tokens = await firstValueFrom(page.session.getTokens());
      page.destroy();
      undo();

      const next = await browser.restore({ storage: new LocalStorageAdapter() });
      expect(await firstValueFrom(next.session.getTokens())).toMatchObject({
        refreshToken: tokens?.refreshToken,
      });
      expect(page.logged.filter(({ text }) => text.includes('from its database'))).toHaveLength(1);
      expect(app.emulator.log.count(REFRESH)).toBe(1);
    },
  );

  it('does not keep an app from starting when its database never answers', async () => {
    await signInBefore(new IndexedDbStorage());
    replaceOpen(() => ({}));
    const page = browser.open({ storage: new IndexedDbStorage() });
    const started = firstValueFrom(page.session.initialize());

    await browser.pass(10 * SECOND);

    expect(await started).toBeNull();
    expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'storageUnreadable' });
  });

  it('does not keep an app from starting while Cognito does not answer', async () => {
    await signInBefore(new IndexedDbStorage());
    browser.sleep(2 * 3600 * SECOND);
    const barrier = app.emulator.hold(REFRESH);
    const page = browser.open({ storage: new IndexedDbStorage() });
    const started = firstValueFrom(page.session.initialize());
    await turns(20);
    await browser.pass(SECOND);
    await barrier.arrived();

    await browser.pass(9 * SECOND);

    expect(await started).toBeNull();
    expect(page.session.state()).toEqual({ status: 'restoring' });
    await barrier.open();
  });

  describe.each<[string, () => StorageAdapter]>([
    ['localStorage', () => new LocalStorageAdapter()],
    ['cookies', () => new CookieStorageAdapter({ secure: false })],
  ])('with a copy in %s', (_, storage) => {
    it('uses a good record, and mends a damaged copy', async () => {
      await signInBefore(storage());
      const good = storage().getItem(app.emulator.clientId);
      expect(good).not.toBeNull();
      await storage().setItem(app.emulator.clientId, '{"v":1,"sid":7}');

      const page = await browser.restore({ storage: storage() });

      expect(page.session.user()?.username).toBe('alice');
      expect(eventsOf(page)).toEqual(['sessionRestored']);
      await until(() => storage().getItem(app.emulator.clientId) === good);
    });

    it('restores a good record beside a copy of a future version, and leaves that alone', async () => {
      await signInBefore(storage());
      await storage().setItem(app.emulator.clientId, '{"v":2}');

      const page = await browser.restore({ storage: storage() });
      await browser.pass(60 * SECOND);

      expect(page.session.user()?.username).toBe('alice');
      expect(storage().getItem(app.emulator.clientId)).toBe('{"v":2}');
    });

    it('is signed out by a record of a future version, and leaves it alone', async () => {
      await signInBefore(storage());
      await browser.changeRecord((record) => ({ ...record, v: 2 }) as never);

      const page = await browser.restore({ storage: storage() });
      await nextStatus(page.session, 'signedOut');
      const errors = () => page.events.filter(({ type }) => type === 'error').length;
      const before = errors();
      for (const tries of [1, 2]) {
        const outcome = await errorOf(page.session.setTokens(await app.emulator.signIn('bob')));
        expect(outcome).toMatchObject({ code: 'storageError' });
        expect(errors()).toBe(before + tries);
      }

      expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'storageUnreadable' });
      expect(await browser.record()).toMatchObject({ v: 2 });
    });
  });

  it('reports that record and copy are damaged, once', async () => {
    await signInBefore(new LocalStorageAdapter());
    await browser.changeRecord((record) => ({ ...record, gen: 'x' }) as never);
    localStorage.setItem(copyKey(), 'nonsense');

    const page = await browser.restore({ storage: new LocalStorageAdapter() });

    expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'storageUnreadable' });
    expect(page.events).toMatchObject([{ type: 'error', error: { code: 'storageError' } }]);
  });

  it.each(['sid', 'gen', 'tokens', 'since', 'attempts'])(
    'survives a record without its %s',
    async (field) => {
      await signInBefore(new LocalStorageAdapter());
      await browser.changeRecord((record) => {
        const { [field as keyof typeof record]: _field, ...rest } = record;
        return rest as never;
      });

      const page = browser.open({ storage: new LocalStorageAdapter() });
      const restored = nextEvent(page.session, 'sessionRestored');
      page.session.initialize();
      await restored;

      expect(page.session.user()?.username).toBe('alice');
      expect(eventsOf(page)).toEqual(['error', 'sessionRestored']);
      expect(await browser.record()).toMatchObject({ v: 1, gen: 1, attempts: [] });
    },
  );

  it('begins no session from cookies alone', async () => {
    const storage = () => new CookieStorageAdapter({ secure: false });
    await signInBefore(storage());
    await deleteDatabase('cognito-session');

    const page = browser.open({ storage: storage() });
    await nextStatus(page.session, 'signedOut');

    expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'noSession' });
    await until(() => document.cookie === '');
  });

  it('keeps a session whose cookies two other tabs are writing, so that they are cut for a moment', async () => {
    const cookies = () => new CookieStorageAdapter({ secure: false });
    const before = await browser.signIn({ storage: cookies() });
    await until(() => cookies().getItem(app.emulator.clientId) !== null);
    const older = cookies().getItem(app.emulator.clientId) ?? '';
    await firstValueFrom(before.session.forceRefresh());
    before.destroy();
    await browser.pass(20 * SECOND);
    cookies().setItem(app.emulator.clientId, older);
    const cut = cookies();
    let looks = 0;
    cut.getItem = (key) => (looks++ < 2 ? null : cookies().getItem(key));

    const page = browser.open({ storage: cut });
    await until(() => page.session.state().status !== 'restoring');
    await turns(20);

    expect(page.session.state().status).toBe('signedIn');
    expect(app.emulator.log.count(REVOKE)).toBe(0);
  });

  it('ends a session whose cookies are gone', async () => {
    const storage = () => new CookieStorageAdapter({ secure: false });
    await signInBefore(storage());
    await browser.pass(10 * SECOND);
    storage().removeItem(app.emulator.clientId);

    const page = await browser.restore({ storage: storage() });

    expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'storageCleared' });
    await app.emulator.log.whenEnded(REVOKE, 1);
    expect(app.emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
  });
});

describe.each<[string, () => void]>([
  ['blocks cookies', () => (undo = replaceProperty(document, 'cookie', { get: () => '', set: () => {} }))],
  [
    'has no room for more cookies',
    () => {
      for (let count = 0; count < 20; count++)
        document.cookie = `cognito-session.other${String(count)}=1; Path=/`;
    },
  ],
])('a page whose browser %s', (_, block) => {
  it('keeps its session, and reports the failure once', async () => {
    block();
    await signInBefore(new CookieStorageAdapter({ secure: false }));
    await browser.pass(11 * SECOND);

    const page = await browser.restore({ storage: new CookieStorageAdapter({ secure: false }) });
    await browser.pass(3 * SECOND);

    expect(page.session.state()).toMatchObject({ status: 'signedIn' });
    expect(page.events).toMatchObject([
      { type: 'sessionRestored' },
      { type: 'error', error: { code: 'storageError' } },
    ]);
    expect(app.emulator.log.count(REVOKE)).toBe(0);
  });
});

describe('a sign-out that the storage refuses', () => {
  it('is heeded by the next page before any copy is shown, and carried out there', async () => {
    await signInBefore(new LocalStorageAdapter());
    const page = await browser.restore({ storage: new LocalStorageAdapter() });
    replaceOpen(() => {
      throw new DOMException('Not now.', 'UnknownError');
    });
    // oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
    const { transaction } = FakeDatabase.prototype;
    const closed = replaceProperty(FakeDatabase.prototype, 'transaction', {
      value(this: IDBDatabase, ...args: Parameters<typeof transaction>) {
        if (this.name === 'cognito-session') throw new DOMException('Closing.', 'InvalidStateError');
        return transaction.apply(this, args);
      },
    });
    page.session.signOut();
    await browser.pass(3 * SECOND);
    page.destroy();
    closed();
    undo();

    const next = browser.open({ storage: new LocalStorageAdapter() });
    await nextStatus(next.session, 'signedOut');

    expect(next.states.map(({ status }) => status)).toEqual(['restoring', 'signedOut']);
    await until(() => localStorage.length === 0);
    expect(await browser.record()).toMatchObject({ sid: null });
  });
});
