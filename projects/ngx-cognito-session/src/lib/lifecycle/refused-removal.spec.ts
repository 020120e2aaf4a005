import { firstValueFrom } from 'rxjs';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { emulatedApp, REFRESH, REVOKE, SECOND } from '../../../testing-support/emulated-app';
import { failingDatabase, type FailingWrites } from '../../../testing-support/failing-writes';
import { liveTokensOf } from '../../../testing-support/race-tabs';
import { nextStatus } from '../../../testing-support/session-app';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';
import {
  CookieStorageAdapter,
  IndexedDbStorage,
  LocalStorageAdapter,
  type StorageAdapter,
} from '../../public-api';

const app = emulatedApp();
const browser = emulatedBrowser(app);

/** An app's storage that outlives the page, and refuses to be changed for a while. */
class RefusingStorage extends CountingStorage {
  private isRefusing = false;

  constructor(override readonly shared: boolean) {
    super();
  }

  fail(): void {
    this.isRefusing = true;
  }

  mend(): void {
    this.isRefusing = false;
  }

  override setItem(key: string, value: string): void {
    this.check();
    super.setItem(key, value);
  }

  override removeItem(key: string): void {
    this.check();
    super.removeItem(key);
  }

  private check(): void {
    if (this.isRefusing) throw new Error('Read-only.');
  }
}

interface Place {
  readonly storage: () => StorageAdapter;
  readonly writes: Pick<FailingWrites, 'fail' | 'mend'>;
}

function inDatabase(storage: () => StorageAdapter): Place {
  return { storage, writes: failingDatabase() };
}

function ofApp(shared: boolean): Place {
  const storage = new RefusingStorage(shared);
  return { storage: () => storage, writes: storage };
}

describe.each<[string, () => Place]>([
  ['IndexedDB', () => inDatabase(() => new IndexedDbStorage())],
  ['localStorage', () => inDatabase(() => new LocalStorageAdapter())],
  ['cookies', () => inDatabase(() => new CookieStorageAdapter({ secure: false }))],
  ['a storage of the app that tabs share', () => ofApp(true)],
  ['a storage of the app that each tab has of its own', () => ofApp(false)],
])('a sign-out whose removal is refused, with %s (E27)', (_, makePlace) => {
  let place: Place;

  beforeEach(() => {
    sessionStorage.clear();
    place = makePlace();
  });

  afterEach(() => {
    place.writes.mend();
    for (const pair of document.cookie.split(';'))
      document.cookie = `${pair.split('=')[0] ?? ''}=; Max-Age=0; Path=/`;
  });

  /** The page that starts next never shows the session, and nothing of it remains. */
  async function expectEnded(): Promise<void> {
    const next = browser.open({ storage: place.storage() });
    await nextStatus(next.session, 'signedOut');
    await turns(20);
    expect(next.states.map(({ status }) => status)).not.toContain('signedIn');
    expect(next.events).toEqual([]);
    await until(() => liveTokensOf(app).length === 0);
    await until(() => localStorage.length + sessionStorage.length === 0);
    next.destroy();
  }

  async function signedIn(): Promise<BrowserTab> {
    const page = await browser.signIn({ storage: place.storage() });
    await browser.pass(SECOND);
    return page;
  }

  it('is carried out by the next page', async () => {
    const page = await signedIn();
    place.writes.fail();
    page.session.signOut();
    await browser.pass(3 * SECOND);
    page.destroy();
    place.writes.mend();

    await expectEnded();
    await expectEnded();
  });

  it('is honoured by a page that is refused as well', async () => {
    const page = await signedIn();
    place.writes.fail();
    page.session.signOut();
    await turns(20);
    page.destroy();

    const second = browser.open({ storage: place.storage() });
    await nextStatus(second.session, 'signedOut');
    await browser.pass(3 * SECOND);
    expect(second.states.map(({ status }) => status)).not.toContain('signedIn');
    second.destroy();
    place.writes.mend();

    await expectEnded();
  });

  it('holds when the app is destroyed while an answer of Cognito is on its way', async () => {
    const page = await signedIn();
    const barrier = app.emulator.hold(REFRESH);
    page.session.forceRefresh().subscribe({ error: () => undefined });
    await barrier.arrived(1);
    place.writes.fail();
    page.session.signOut();
    await turns(20);
    page.destroy();
    place.writes.mend();
    await barrier.open();
    await turns(50);

    await expectEnded();
  });

  it('ends no session that begins before the next page starts', async () => {
    const page = await signedIn();
    place.writes.fail();
    page.session.signOut();
    await browser.pass(SECOND);
    place.writes.mend();
    await firstValueFrom(page.session.setTokens(await app.emulator.signIn('bob')));
    await turns(20);
    page.destroy();

    const next = await browser.restore({ storage: place.storage() });
    await until(() => next.session.isSignedIn());
    await turns(20);
    expect(next.session.user()?.username).toBe('bob');
    await app.emulator.log.whenEnded(REVOKE, 1);
    expect(liveTokensOf(app, 'alice')).toEqual([]);
    expect(liveTokensOf(app, 'bob')).toHaveLength(1);
  });
});
