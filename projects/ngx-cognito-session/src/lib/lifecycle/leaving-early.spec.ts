import { firstValueFrom } from 'rxjs';
import { emulatedApp, HOUR, SECOND } from '../../../testing-support/emulated-app';
import { replaceProperty } from '../../../testing-support/replaced-global';
import { nextStatus } from '../../../testing-support/session-app';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';
import { IndexedDbStorage, LocalStorageAdapter, type StorageAdapter } from '../../public-api';

const app = emulatedApp();
const browser = emulatedBrowser(app);

const STORAGES: readonly (readonly [string, () => StorageAdapter])[] = [
  ['localStorage, which shows the session before that', () => new LocalStorageAdapter()],
  ['IndexedDB', () => new IndexedDbStorage()],
];

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
