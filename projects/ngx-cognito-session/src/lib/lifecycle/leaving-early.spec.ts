import { firstValueFrom } from 'rxjs';
import { emulatedApp, HOUR, REFRESH, REVOKE, SECOND } from '../../../testing-support/emulated-app';
import { replaceProperty } from '../../../testing-support/replaced-global';
import { errorOf, nextStatus } from '../../../testing-support/session-app';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';
import { IndexedDbStorage, LocalStorageAdapter, type StorageAdapter } from '../../public-api';

const app = emulatedApp();
const browser = emulatedBrowser(app);

const STORAGES: readonly (readonly [string, () => StorageAdapter])[] = [
  ['localStorage, which shows the session before that', () => new LocalStorageAdapter()],
  ['IndexedDB', () => new IndexedDbStorage()],
];

/** A storage of all tabs that answers by promise: of each request, what it was when the request came. */
class SlowStorage implements StorageAdapter {
  readonly shared = true;
  readonly coherent = true;
  /** Called with each read that has seen the storage, before it is answered. */
  beforeAnswer: () => Promise<void> = () => Promise.resolve();
  afterWrite = () => {};
  isGone = false;

  constructor(private readonly items = new Map<string, string>()) {}

  async getItem(key: string): Promise<string | null> {
    const text = this.items.get(key) ?? null;
    await this.beforeAnswer();
    return text;
  }

  setItem(key: string, value: string): Promise<void> {
    if (this.isGone) return new Promise(() => {});
    this.items.set(key, value);
    this.afterWrite();
    return Promise.resolve();
  }

  removeItem(key: string): Promise<void> {
    this.items.delete(key);
    return Promise.resolve();
  }

  ofAnotherPage(): SlowStorage {
    return new SlowStorage(this.items);
  }
}

describe('a sign-out in a page that is left before its database has answered', () => {
  let undo: () => void;

  beforeEach(() => {
    localStorage.clear();
    undo = () => undefined;
  });

  afterEach(() => {
    undo();
    localStorage.clear();
  });

  /** What is handed to the database from now on goes with the page. */
  function holdDatabase(): void {
    undo = replaceProperty(indexedDB, 'open', { writable: true, value: () => ({}) });
  }

  function failDatabase(): void {
    undo = replaceProperty(indexedDB, 'open', {
      writable: true,
      value: () => {
        throw new DOMException('Not now.', 'UnknownError');
      },
    });
  }

  /** An earlier page, in which a user has signed in. */
  async function signInBefore(storage: StorageAdapter): Promise<void> {
    (await browser.signIn({ storage })).destroy();
    await browser.pass(SECOND);
  }

  function leave(page: BrowserTab): void {
    page.crash();
    page.destroy();
    undo();
  }

  describe.each(STORAGES)('with %s', (_, storage) => {
    it('leaves no user signed in for the next page', async () => {
      await signInBefore(storage());
      holdDatabase();
      const page = browser.open({ storage: storage() });

      page.session.signOut();
      expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'signedOut' });
      leave(page);

      const next = await browser.restore({ storage: storage() });
      await nextStatus(next.session, 'signedOut');
      expect(next.states.map(({ status }) => status)).not.toContain('signedIn');
      await until(() => localStorage.length === 0);
      expect(await browser.record()).toMatchObject({ sid: null });
    });

    it('does so though the database had failed before', async () => {
      await signInBefore(storage());
      failDatabase();
      const page = browser.open({ storage: storage() });
      await turns(20);

      page.session.signOut();
      leave(page);

      const next = await browser.restore({ storage: storage() });
      await nextStatus(next.session, 'signedOut');
      await until(() => localStorage.length === 0);
      expect(await browser.record()).toMatchObject({ sid: null });
    });

    it('does not sign out a user who has signed in since', async () => {
      await signInBefore(storage());
      holdDatabase();
      const page = browser.open({ storage: storage() });
      page.session.signOut();
      leave(page);

      const other = await browser.signIn({ storage: storage() }, 'bob');
      other.destroy();

      const next = await browser.restore({ storage: storage() });
      await nextStatus(next.session, 'signedIn');
      expect(next.session.user()).toMatchObject({ username: 'bob' });
    });
  });

  it('is not forgotten by a page that reads at that moment what was stored before', async () => {
    const storage = new SlowStorage();
    const page = await browser.signIn({ storage });
    const theirs = storage.ofAnotherPage();
    const other = await browser.restore({ storage: theirs });
    const held: (() => void)[] = [];
    page.session.signOut();
    storage.afterWrite = () => {
      storage.beforeAnswer = () => new Promise<void>((resolve) => held.push(resolve));
    };
    // The page has ended its session, and is about to remove the marker.
    await until(() => held.length > 0);

    await firstValueFrom(other.session.setTokens(await app.emulator.signIn('bob')));
    theirs.isGone = true;
    other.session.signOut();
    leave(other);
    for (const answer of held) answer();
    await turns(20);

    const next = await browser.restore({ storage: storage.ofAnotherPage() });
    expect(next.session.isSignedIn()).toBe(false);
  });

  it('lets sessions of other tabs count again once a user has signed in', async () => {
    const options = { talks: true, storage: new IndexedDbStorage() };
    (await browser.signIn(options)).destroy();
    await browser.pass(SECOND);
    failDatabase();
    const page = browser.open(options);
    await turns(20);
    expect(page.session.state()).toMatchObject({ reason: 'storageUnreadable' });
    page.session.signOut();
    await turns(20);
    undo();
    const { AccessToken, IdToken } = await app.emulator.signIn('alice');
    await firstValueFrom(page.session.setTokens({ AccessToken, IdToken }));
    await browser.pass(2 * HOUR);
    expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'tokensExpired' });

    await browser.signIn(options, 'bob');
    await nextStatus(page.session, 'signedIn');

    expect(page.session.user()).toMatchObject({ username: 'bob' });
  });
});

describe('a refresh token alone, of which the user signs out before the record was read', () => {
  it('is not sent to Cognito, only revoked', async () => {
    const storage = new SlowStorage();
    const page = browser.open({ storage });
    const { RefreshToken } = await app.emulator.signIn('alice');
    const signIn = errorOf(page.session.setTokens({ refreshToken: RefreshToken }));

    page.session.signOut();

    expect(await signIn).toMatchObject({ code: 'superseded' });
    await app.emulator.log.whenEnded(REVOKE, 1);
    expect(app.emulator.log.count(REFRESH)).toBe(0);
  });

  it('is sent if the app hands it over again', async () => {
    const storage = new SlowStorage();
    const page = browser.open({ storage });
    const { RefreshToken: refreshToken } = await app.emulator.signIn('alice');
    page.session.setTokens({ refreshToken }).subscribe({ error: () => {} });
    page.session.signOut();

    await firstValueFrom(page.session.setTokens({ refreshToken }));

    expect(page.session.user()?.username).toBe('alice');
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });
});
