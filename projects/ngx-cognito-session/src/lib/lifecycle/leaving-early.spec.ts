import { emulatedApp } from '../../../testing-support/emulated-app';
import { replaceProperty } from '../../../testing-support/replaced-global';
import { nextStatus } from '../../../testing-support/session-app';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { turns } from '../../../testing-support/turns';
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

  function leave(page: BrowserTab): void {
    page.crash();
    page.destroy();
    undo();
  }

  describe.each(STORAGES)('with %s', (_, storage) => {
    it('leaves nobody signed in for the next page', async () => {
      (await browser.signIn({ storage: storage() })).destroy();
      holdDatabase();
      const page = browser.open({ storage: storage() });

      page.session.signOut();
      expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'signedOut' });
      leave(page);

      const next = await browser.restore({ storage: storage() });
      await nextStatus(next.session, 'signedOut');
      expect(next.states.map(({ status }) => status)).not.toContain('signedIn');
      expect(await browser.record()).toMatchObject({ sid: null });
      expect(localStorage).toHaveLength(0);
    });

    it('does so though the database had failed before', async () => {
      (await browser.signIn({ storage: storage() })).destroy();
      undo = replaceProperty(indexedDB, 'open', {
        writable: true,
        value: () => {
          throw new DOMException('Not now.', 'UnknownError');
        },
      });
      const page = browser.open({ storage: storage() });
      await turns(20);

      page.session.signOut();
      leave(page);

      const next = await browser.restore({ storage: storage() });
      await nextStatus(next.session, 'signedOut');
      expect(await browser.record()).toMatchObject({ sid: null });
      expect(localStorage).toHaveLength(0);
    });

    it('signs nobody out who has signed in since', async () => {
      (await browser.signIn({ storage: storage() })).destroy();
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
});
