import { IDBDatabase as FakeDatabase } from 'fake-indexeddb';
import { firstValueFrom } from 'rxjs';
import { HeldStorage } from '../../../testing-support/counting-storage';
import { emulatedApp, HOUR, MINUTE, REFRESH, SECOND } from '../../../testing-support/emulated-app';
import { liveTokensOf, refreshTokenOf, statusOf, TALKS, told } from '../../../testing-support/race-tabs';
import { replaceProperty } from '../../../testing-support/replaced-global';
import { requestsUnderWay, type RequestsUnderWay } from '../../../testing-support/requests-under-way';
import { errorOf, nextEvent, nextStatus } from '../../../testing-support/session-app';
import { emulatedBrowser, type BrowserTab, type TabOptions } from '../../../testing-support/tabs';
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
let requests: RequestsUnderWay;

beforeEach(() => {
  requests = requestsUnderWay();
});

afterEach(() => {
  requests.undo();
  undo();
  undo = () => {};
  for (const pair of document.cookie.split(';'))
    document.cookie = `${pair.split('=')[0] ?? ''}=; Max-Age=0; Path=/`;
});

function refused(name: string) {
  const request: Partial<IDBOpenDBRequest> = { error: new DOMException('No.', name) };
  void Promise.resolve().then(() => {
    request.onerror?.call(request as IDBOpenDBRequest, new Event('error'));
  });
  return request;
}

const LOSSES: readonly (readonly [string, () => unknown])[] = [
  [
    'throws',
    () => {
      throw new DOMException('No.', 'SecurityError');
    },
  ],
  ['fails with UnknownError', () => refused('UnknownError')],
  ['fails with QuotaExceededError', () => refused('QuotaExceededError')],
  ['never answers', () => ({})],
];

/** Connections that are open fail, and no other can be opened. */
function loseDatabase(open: () => unknown = () => refused('UnknownError'), transactions = 0): void {
  let left = transactions;
  // oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
  const { transaction } = FakeDatabase.prototype;
  const mendOpen = replaceProperty(indexedDB, 'open', { writable: true, value: open });
  const mendTransaction = replaceProperty(FakeDatabase.prototype, 'transaction', {
    value(this: IDBDatabase, ...args: Parameters<typeof transaction>) {
      if (this.name === 'cognito-session' && left-- <= 0)
        throw new DOMException('Closed.', 'InvalidStateError');
      return transaction.apply(this, args);
    },
  });
  undo = () => {
    mendOpen();
    mendTransaction();
    undo = () => {};
  };
}

/** As after a suspension: the page notices at its next look. */
async function loseConnection({ wake }: BrowserTab, open?: () => unknown): Promise<void> {
  loseDatabase(open);
  wake.next('visible');
  await turns(10);
  await browser.pass(5 * SECOND);
}

async function signInBefore(storage: StorageAdapter): Promise<void> {
  const page = await browser.signIn({ storage });
  page.destroy();
  await browser.pass(SECOND);
}

/** Time passes until it has come to that; none while Cognito answers. */
async function pass(isMet: () => boolean, mostSeconds = 20): Promise<void> {
  for (let second = 0; second < mostSeconds && !isMet(); second++) {
    await browser.pass(SECOND);
    await turns(20);
    await until(() => requests.count === 0);
  }
  await until(isMet);
}

async function isServed({ session }: BrowserTab): Promise<boolean> {
  return app.emulator.accessTokenStatus(await firstValueFrom(session.getAccessToken())).isValid;
}

const demand = ({ session }: BrowserTab) =>
  firstValueFrom(session.getAccessToken()).catch((error: unknown) => error);

const local = () => ({ storage: new LocalStorageAdapter(), ...TALKS });

describe.each(LOSSES)('a page whose database %s, with a copy in localStorage', (_, open) => {
  it('keeps a sign-in for the next page, and revokes the session that it replaces (E2)', async () => {
    await signInBefore(new LocalStorageAdapter());
    loseDatabase(open);
    const page = browser.open(local());
    await turns(10);
    await browser.pass(5 * SECOND);

    await firstValueFrom(page.session.setTokens(await app.emulator.signIn('bob')));
    page.destroy();
    undo();

    const next = browser.open(local());
    await nextEvent(next.session, 'sessionRestored');
    expect(next.session.user()?.username).toBe('bob');
    expect(await isServed(next)).toBe(true);
    await until(() => liveTokensOf(app, 'alice').length === 0);
    expect(liveTokensOf(app, 'bob')).toEqual([await refreshTokenOf(next)]);
  });

  it('does not bring back the session that it replaced after the new one was signed out', async () => {
    await signInBefore(new LocalStorageAdapter());
    loseDatabase(open);
    const page = browser.open(local());
    await turns(10);
    await browser.pass(5 * SECOND);
    await firstValueFrom(page.session.setTokens(await app.emulator.signIn('bob')));
    await browser.pass(SECOND);
    await firstValueFrom(page.session.signOut());
    page.destroy();
    undo();

    const next = browser.open(local());
    await pass(() => statusOf(next) !== 'restoring');
    await browser.pass(SECOND);
    expect(statusOf(next)).toContain('signedOut');
    await until(() => liveTokensOf(app, 'alice').length === 0);
    expect(liveTokensOf(app, 'bob')).toEqual([]);
  });

  it('goes on when the connection is lost for good, refreshes once per expiry, and hands over to the next page (E3)', async () => {
    const page = await browser.signIn(local());
    await loseConnection(page, open);

    expect([statusOf(page), await isServed(page)]).toEqual(['signedIn', true]);
    for (let hour = 1; hour <= 3; hour++) {
      browser.sleep(59.6 * MINUTE);
      page.wake.next('visible');
      await pass(() => told(page, 'tokenRefreshed').length === hour);
      await browser.pass(SECOND);
      expect(app.emulator.log.count(REFRESH)).toBe(hour);
    }
    expect([statusOf(page), await isServed(page)]).toEqual(['signedIn', true]);
    const refreshToken = await refreshTokenOf(page);
    page.destroy();
    undo();

    const next = await browser.restore(local());
    expect(await refreshTokenOf(next)).toBe(refreshToken);
    await firstValueFrom(next.session.forceRefresh());
    expect(statusOf(next)).toBe('signedIn');
  });

  it('uses its database again once that answers (E3)', async () => {
    const page = await browser.signIn(local());
    await loseConnection(page, open);
    const refreshed = firstValueFrom(page.session.forceRefresh());
    await browser.pass(5 * SECOND);
    await refreshed;
    undo();

    await browser.pass(2 * MINUTE);

    await until(() => page.logged.some(({ text }) => text.includes('to its database')));
    await firstValueFrom(page.session.forceRefresh());
    expect(await browser.record()).toMatchObject({ gen: 3, attempts: [] });
    expect((await browser.record()).tokens.refreshToken).toBe(await refreshTokenOf(page));
    expect(liveTokensOf(app)).toEqual([await refreshTokenOf(page)]);
  });
});

describe('a page that loses its database while it has no copy', () => {
  const noRoom = () => {
    const setItem = jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('Full.', 'QuotaExceededError');
    });
    return () => setItem.mockRestore();
  };

  it.each<[string, () => () => void]>([
    [
      'because its localStorage was cleared',
      () => {
        localStorage.clear();
        return () => undefined;
      },
    ],
    ['because there is no room for one', noRoom],
  ])('keeps its session, and uses the database again: %s', async (what, take) => {
    const mend = what.includes('room') ? take() : () => undefined;
    const page = await browser.signIn(local());
    await turns(20);
    if (!what.includes('room')) take();

    await loseConnection(page);
    await browser.pass(MINUTE);

    expect([statusOf(page), await isServed(page)]).toEqual(['signedIn', true]);
    expect(told(page, 'sessionExpired')).toEqual([]);
    undo();
    mend();
    await pass(() => page.logged.some(({ text }) => text.includes('attached')), 70);
    await firstValueFrom(page.session.forceRefresh());
    expect(await browser.record()).toMatchObject({ gen: 2 });
  });

  it('is signed out by a sign-out of another tab', async () => {
    const page = await browser.signIn(local());
    const other = await browser.restore(local());
    await turns(20);
    localStorage.clear();
    await loseConnection(page);

    other.session.signOut();
    await turns(20);

    expect(statusOf(page)).toBe('signedOut: signedOutElsewhere');
  });
});

/** Opens a page that cannot open its database. Pages that are open keep theirs. */
async function openDetached(options: TabOptions): Promise<BrowserTab> {
  undo = replaceProperty(indexedDB, 'open', { writable: true, value: () => refused('UnknownError') });
  const detached = browser.open(options);
  await browser.pass(5 * SECOND);
  await until(() => statusOf(detached) === 'signedIn');
  return detached;
}

describe('a page with its database and one without', () => {
  async function openBoth() {
    const attached = await browser.signIn(local());
    return { attached, detached: await openDetached(local()) };
  }

  /** Both wait for the refresh of the page with its database, which Cognito holds back. */
  async function refreshing() {
    const { attached, detached } = await openBoth();
    const barrier = app.emulator.hold(REFRESH);
    browser.sleep(HOUR);
    const first = demand(attached);
    await barrier.arrived(1);
    const second = demand(detached);
    await browser.pass(SECOND);
    await turns(20);
    return { attached, detached, barrier, first, second };
  }

  it('refresh once per expiry, however long they have waited for each other at earlier ones', async () => {
    const { attached, detached } = await openBoth();
    const pages = [attached, detached];

    for (let expiry = 1; expiry <= 4; expiry++) {
      const barrier = app.emulator.hold(REFRESH);
      browser.sleep(HOUR);
      const tokens = pages.map(demand);
      for (let second = 0; second < 9; second++) {
        await browser.pass(SECOND);
        await turns(20);
      }
      expect(barrier.arrivals).toBe(1);
      await barrier.open();
      await pass(() => pages.every((page) => told(page, 'tokenRefreshed').length === expiry));
      expect(new Set(await Promise.all(tokens)).size).toBe(1);
    }

    expect(app.emulator.log.count(REFRESH)).toBe(4);
    expect(liveTokensOf(app)).toEqual([await refreshTokenOf(attached)]);
  });

  it('wait for the lock of the refresh under way, and look at it once a second at most', async () => {
    const { attached, detached, barrier, first, second } = await refreshing();

    const before = browser.locks.asked;
    await turns(100);
    expect(browser.locks.asked - before).toBe(0);
    for (let tenth = 0; tenth < 50; tenth++) {
      await browser.pass(100);
      await turns(5);
    }
    expect(browser.locks.asked - before).toBeLessThanOrEqual(15);

    await barrier.open();
    await pass(() => [attached, detached].every((page) => told(page, 'tokenRefreshed').length === 1));
    await browser.pass(SECOND);
    expect(await second).toBe(await first);
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });

  it('refresh once, although the copy reaches the page without its database later than the message', async () => {
    const { attached, detached, barrier, first, second } = await refreshing();
    const onTheirWay: (() => void)[] = [];
    // oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
    const { setItem } = Storage.prototype;
    const arrive = replaceProperty(Storage.prototype, 'setItem', {
      value(this: Storage, ...item: [string, string]) {
        onTheirWay.push(() => setItem.apply(this, item));
      },
    });

    await barrier.open();
    await until(() => told(attached, 'tokenRefreshed').length === 1);
    for (let step = 0; step < 4; step++) {
      await browser.pass(100);
      await turns(20);
    }
    arrive();
    for (const write of onTheirWay) write();
    await pass(() => told(detached, 'tokenRefreshed').length === 1);

    expect(await second).toBe(await first);
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });
});

describe('a sign-out in a page without its database', () => {
  it.each([
    ['hears of it', TALKS],
    ['finds it when it wakes', {}],
  ])('revokes all that the record holds once a page with its database %s', async (_, words) => {
    const options = { ...words, storage: new LocalStorageAdapter() };
    const attached = await browser.signIn(options);
    const { RefreshToken: spare } = await app.emulator.signIn('alice');
    await browser.changeRecord((record) => ({ ...record, spare }));
    const detached = await openDetached(options);

    void detached.session.signOut();
    detached.destroy();
    attached.wake.next('visible');
    await pass(() => statusOf(attached) !== 'signedIn');

    await until(() => liveTokensOf(app).length === 0);
  });

  it('holds if the database of the page that finds it is lost as well', async () => {
    const options = { storage: new LocalStorageAdapter() };
    const attached = await browser.signIn(options);
    const detached = await openDetached(options);
    void detached.session.signOut();
    detached.destroy();

    const mendFirst = undo;
    loseDatabase(undefined, 1);
    const mendSecond = undo;
    undo = () => {
      mendSecond();
      mendFirst();
    };
    attached.wake.next('visible');
    await pass(() => statusOf(attached) !== 'signedIn');
    await browser.pass(SECOND);
    attached.destroy();
    undo();

    const next = await browser.restore(options);
    expect(statusOf(next)).toContain('signedOut');
  });

  it('is carried out by a page that started without it, too, once that is back', async () => {
    await signInBefore(new LocalStorageAdapter());
    loseDatabase();
    const page = browser.open(local());
    await pass(() => statusOf(page) === 'signedIn');
    const { RefreshToken: spare } = await app.emulator.signIn('alice');
    void page.session.signOut();
    page.destroy();
    const next = browser.open(local());
    await pass(() => statusOf(next) !== 'restoring');

    undo();
    await browser.changeRecord((record) => ({ ...record, spare }));
    await pass(() => liveTokensOf(app).length === 0, 60);

    expect(localStorage.length).toBe(0);
  });
});

describe('two pages without their database', () => {
  it('refresh once for both', async () => {
    const pages = [await browser.signIn(local()), await browser.restore(local())] as const;
    loseDatabase();
    for (const page of pages) page.wake.next('visible');
    await turns(10);
    await browser.pass(5 * SECOND);

    browser.sleep(59.6 * MINUTE);
    for (const page of pages) page.wake.next('visible');
    await pass(() => pages.every((page) => told(page, 'tokenRefreshed').length === 1), 40);

    expect(app.emulator.log.count(REFRESH)).toBe(1);
    expect(await refreshTokenOf(pages[0])).toBe(await refreshTokenOf(pages[1]));
    expect(pages.map(statusOf)).toEqual(['signedIn', 'signedIn']);
  });

  it('end the session for both when Cognito refuses it, and when one signs out', async () => {
    const pages = [await browser.signIn(local()), await browser.restore(local())] as const;
    loseDatabase();
    for (const page of pages) page.wake.next('visible');
    await turns(10);
    await browser.pass(5 * SECOND);

    void pages[0].session.signOut();
    await turns(20);

    expect(pages.map(statusOf)).toEqual(['signedOut: signedOut', 'signedOut: signedOutElsewhere']);
    undo();
    const next = browser.open(local());
    await nextStatus(next.session, 'signedOut');
    expect(next.events).toEqual([]);
    await until(() => liveTokensOf(app).length === 0);
  });
});

describe.each<[string, () => StorageAdapter]>([
  ['in IndexedDB alone', () => new IndexedDbStorage()],
  ['with a copy in cookies', () => new CookieStorageAdapter({ secure: false })],
])('a page that loses its database, %s', (_, storage) => {
  it('serves tokens that live, then is stale, and heals (E3)', async () => {
    const page = await browser.signIn({ storage: storage() });
    loseDatabase();
    expect(await isServed(page)).toBe(true);

    browser.sleep(HOUR);
    page.wake.next('visible');
    const locks = new Set<string>();
    await pass(() => {
      for (const name of browser.locks.names) locks.add(name);
      return statusOf(page) === 'stale';
    }, 30);

    expect([...locks].filter((name) => name.endsWith('/detached'))).toEqual([]);
    expect(page.session.state()).toMatchObject({ error: { code: 'storageError' } });
    const refused = errorOf(page.session.getAccessToken());
    await browser.pass(SECOND);
    expect(await refused).toMatchObject({ code: 'storageError' });
    expect(app.emulator.log.count(REFRESH)).toBe(0);
    undo();
    await pass(() => told(page, 'tokenRefreshed').length === 1, 120);
    expect([statusOf(page), await isServed(page)]).toEqual(['signedIn', true]);
  });
});

describe.each<[string, () => StorageAdapter]>([
  ['IndexedDB', () => new IndexedDbStorage()],
  ['IndexedDB, with a copy in localStorage', () => new LocalStorageAdapter()],
  ['IndexedDB, with a copy in cookies', () => new CookieStorageAdapter({ secure: false })],
])('an app that waits for initialize(), when %s never answers', (_, storage) => {
  it.each([true, false])(
    'starts within 10 s, and getters end as well (stored session: %s) (E4)',
    async (isStored) => {
      if (isStored) await signInBefore(storage());
      loseDatabase(() => ({}));
      const page = browser.open({ storage: storage() });

      const started = firstValueFrom(page.session.initialize());
      const token = firstValueFrom(page.session.getAccessToken()).catch((error: unknown) => error);
      await browser.pass(10 * SECOND);

      await started;
      const answer = await token;
      if (typeof answer === 'string') expect(app.emulator.accessTokenStatus(answer).isValid).toBe(true);
      else expect(answer).toHaveProperty('code');
    },
  );
});

describe('an app that waits for initialize(), when its own storage never answers', () => {
  it('starts within 10 s, and goes on when the storage answers (E4)', async () => {
    const storage = new HeldStorage();
    await signInBefore(storage);
    storage.hold();
    const page = browser.open({ storage });

    const started = firstValueFrom(page.session.initialize());
    await browser.pass(10 * SECOND);

    expect(await started).toBeNull();
    expect(page.session.state()).toEqual({ status: 'restoring' });
    storage.release();
    await nextStatus(page.session, 'signedIn');
    expect(page.events).toMatchObject([{ type: 'sessionRestored' }]);
  });
});
