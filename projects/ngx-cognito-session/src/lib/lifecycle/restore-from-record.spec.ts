import { firstValueFrom } from 'rxjs';
import { CountingStorage, HeldStorage } from '../../../testing-support/counting-storage';
import { emulatedApp, HOUR } from '../../../testing-support/emulated-app';
import { errorOf, nextStatus, type SessionApp } from '../../../testing-support/session-app';
import { emulatedBrowser } from '../../../testing-support/tabs';
import { authTokens } from '../../../testing-support/test-tokens';
import { turns, until } from '../../../testing-support/turns';
import { LocalStorageAdapter, type AuthTokens } from '../../public-api';
import type { SessionLedger } from '../core/session-ledger';
import { channelName } from './tab-hints';

const app = emulatedApp();
const browser = emulatedBrowser(app);
const TALKS = { talks: true } as const;

class SharedStorage extends HeldStorage {
  override readonly shared = true;
}

/** Signs in over localStorage and leaves the page; gives the one key that it wrote. */
async function signInBefore(): Promise<string> {
  const page = await browser.signIn({ ...TALKS, storage: new LocalStorageAdapter() });
  page.destroy();
  return new LocalStorageAdapter().keys().find((key) => key.includes(app.emulator.clientId)) ?? '';
}

function changeTokens(key: string, change: (tokens: AuthTokens) => object): void {
  const storage = new LocalStorageAdapter();
  const value = JSON.parse(storage.getItem(key) ?? '') as { tokens: AuthTokens };
  storage.setItem(key, JSON.stringify({ ...value, tokens: change(value.tokens) }));
}

function warnings({ logged }: SessionApp): readonly string[] {
  return logged.filter(({ level }) => level === 'warn').map(({ text }) => text);
}

describe('a stored session that is shown before the record is read', () => {
  it('is nobody’s if its tokens are those of another app client', async () => {
    const key = await signInBefore();
    const foreign = authTokens({ iat: Math.floor(app.time.now() / 1000) });
    changeTokens(key, () => foreign);

    const page = browser.open({ ...TALKS, storage: new LocalStorageAdapter() });
    expect(page.session.state()).toEqual({ status: 'restoring' });
    await nextStatus(page.session, 'signedOut');

    expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'storageUnreadable' });
    expect(page.events).toMatchObject([{ type: 'error', error: { code: 'invalidToken' } }]);
    expect(warnings(page)).toEqual([]);
    expect(new LocalStorageAdapter().getItem(key)).toContain(foreign.accessToken);
  });

  it('is over, and removed, if its tokens are dead and cannot be renewed', async () => {
    const key = await signInBefore();
    changeTokens(key, ({ accessToken, expiresAt, clockDrift }) => ({ accessToken, expiresAt, clockDrift }));
    browser.sleep(2 * HOUR);

    const page = browser.open({ ...TALKS, storage: new LocalStorageAdapter() });
    await nextStatus(page.session, 'signedOut');
    await turns(10);

    expect(page.states).toEqual([{ status: 'restoring' }, { status: 'signedOut', reason: 'tokensExpired' }]);
    expect(page.events).toMatchObject([{ type: 'sessionExpired', reason: 'tokensExpired', final: true }]);
    expect([new LocalStorageAdapter().getItem(key), warnings(page)]).toEqual([null, []]);
  });

  it('stays, and a line tells that the record could not be read', async () => {
    await signInBefore();
    await browser.changeRecord(() => ({ v: 2 }) as unknown as SessionLedger);

    const page = browser.open({ ...TALKS, storage: new LocalStorageAdapter() });

    expect(await firstValueFrom(page.session.initialize())).toMatchObject({ user: { username: 'alice' } });
    expect(warnings(page)).toEqual([
      expect.stringMatching(/^The record could not be read yet\..*storageError/),
    ]);
    expect(await errorOf(page.session.getAccessToken())).toMatchObject({ code: 'storageError' });
  });
});

describe('a stored session that is not restored', () => {
  it.each<[string, unknown, RegExp]>([
    ['corrupt', { v: 1, sid: 7 }, /corrupt/],
    ['of a later version', { v: 2 }, /newer version/],
  ])('is said in words to be %s', async (_, value, words) => {
    (await browser.signIn(TALKS)).destroy();
    await browser.changeRecord(() => value as SessionLedger);

    const { session, events, logged } = await browser.restore(TALKS);

    expect(session.state()).toEqual({ status: 'signedOut', reason: 'storageUnreadable' });
    expect(events).toMatchObject([
      {
        type: 'error',
        error: { code: 'storageError', message: expect.stringMatching(words) as string },
      },
    ]);
    expect(logged).toEqual([{ level: 'error', text: expect.stringMatching(words) as string }]);
  });

  it('is none if another tab says that it is over while the storage is being read', async () => {
    const inner = new CountingStorage();
    await browser.signIn({ ...TALKS, storage: new SharedStorage(inner) });
    const { sid } = await browser.record();
    const storage = new SharedStorage(inner);
    storage.hold();
    const page = browser.open({ ...TALKS, storage });
    await until(() => browser.channels.open === 2 && storage.waitingCalls > 0);

    browser.channels.inject(channelName(namespace()), {
      v: 1,
      ns: namespace(),
      hint: { type: 'signedOut', sid },
    });
    await turns();
    storage.release();
    await firstValueFrom(page.session.initialize());

    expect(page.states).toEqual([{ status: 'restoring' }, { status: 'signedOut', reason: 'noSession' }]);
    expect(page.events).toEqual([]);
  });

  it('is over although its dead tokens cannot be removed, which is noted', async () => {
    const key = await signInBefore();
    changeTokens(key, ({ accessToken, expiresAt, clockDrift }) => ({ accessToken, expiresAt, clockDrift }));
    browser.sleep(2 * HOUR);
    const keeping = new LocalStorageAdapter();
    keeping.removeItem = () => {
      throw new Error('access denied');
    };

    const page = browser.open({ ...TALKS, storage: keeping });
    await nextStatus(page.session, 'signedOut');
    await turns(10);

    expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'tokensExpired' });
    expect(warnings(page)).toEqual([
      expect.stringMatching(/^Expired tokens could not be removed from the storage\..*storageError/),
    ]);
  });
});

function namespace(): string {
  return `${app.emulator.region}/${app.emulator.clientId}`;
}
