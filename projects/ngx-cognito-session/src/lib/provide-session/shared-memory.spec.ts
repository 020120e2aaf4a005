import { firstValueFrom } from 'rxjs';
import { databaseText, foundIn, secretsOf, textOf } from '../../../testing-support/disk-scan';
import { emulatedApp, HOUR, MINUTE, REFRESH, REVOKE, SECOND } from '../../../testing-support/emulated-app';
import { liveTokensOf, refreshTokensSent, statusOf } from '../../../testing-support/race-tabs';
import { passUntil } from '../../../testing-support/pass-until';
import { readDatabase, writeDatabase } from '../../../testing-support/raw-database';
import { replaceProperty } from '../../../testing-support/replaced-global';
import { emulatedBrowser, type BrowserTab, type TabOptions } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';
import { withSharedMemory, type SessionConfig } from '../../public-api';
import { openRecord, readSealedItem } from '../storage/sealed-item';

const DAY = 24 * HOUR;
const KEYS = 'cognito-session:client1/keys';

const app = emulatedApp();
const browser = emulatedBrowser(app);

function sharing(config: Partial<SessionConfig> = {}): TabOptions {
  return { talks: true, features: [withSharedMemory()], config };
}

/** A tab that another one answers. */
async function join(): Promise<BrowserTab> {
  const tab = browser.open(sharing());
  await until(() => statusOf(tab) !== 'restoring');
  return tab;
}

/** A tab that no other one answers; time passes for it alone. */
async function reopen(waitMs: number): Promise<BrowserTab> {
  const tab = browser.open(sharing());
  await asked(tab);
  tab.time.advance(waitMs);
  await until(() => statusOf(tab) !== 'restoring');
  return tab;
}

async function asked(tab: BrowserTab): Promise<void> {
  await until(() => said('wanted', tab).length > 0);
}

function said(type: string, by?: BrowserTab): readonly object[] {
  return browser.channels.said
    .filter(({ tab, name }) => name === KEYS && (by === undefined || tab === by.name))
    .map(({ message }) => message)
    .filter((message) => (message as { type: unknown }).type === type);
}

function refreshes({ events }: BrowserTab): number {
  return events.filter(({ type }) => type === 'tokenRefreshed').length;
}

function warnings({ logged }: BrowserTab): readonly string[] {
  return logged.filter(({ level }) => level === 'warn').map(({ text }) => text);
}

async function sharedItem(): Promise<Record<string, unknown> | undefined> {
  const items = await readDatabase('cognito-session');
  return items.find(([key]) => key === '"record:client1/shared"')?.[1] as Record<string, unknown> | undefined;
}

describe('withSharedMemory', () => {
  it('shows a tab that is opened later the session of the others', async () => {
    const a = await browser.signIn(sharing());
    const b = await join();

    expect(statusOf(b)).toBe('signedIn');
    expect(await secretsOf(b)).toEqual(await secretsOf(a));
  });

  it('lets tabs follow a sign-in elsewhere', async () => {
    const a = await join();
    expect(statusOf(a)).toBe('signedOut: noSession');

    await browser.signIn(sharing());

    await until(() => statusOf(a) === 'signedIn');
  });

  it('is signed out at once where there is no record: nothing is asked or waited for', async () => {
    const tab = await browser.restore(sharing());

    expect(statusOf(tab)).toBe('signedOut: noSession');
    expect(said('wanted')).toEqual([]);
  });

  it('forgets the session with the last tab', async () => {
    const a = await browser.signIn(sharing());
    const b = await join();
    a.destroy();
    const c = await join();
    expect(statusOf(c)).toBe('signedIn');
    b.destroy();
    c.destroy();

    expect(statusOf(await reopen(SECOND))).toBe('signedOut: noSession');
  });

  it('signs out when the only tab is reloaded, after a second; the next sign-in does not wait', async () => {
    (await browser.signIn(sharing())).destroy();
    const tab = browser.open(sharing());
    await asked(tab);
    tab.time.advance(SECOND - 1);
    await turns();
    expect(statusOf(tab)).toBe('restoring');
    tab.time.advance(1);
    await until(() => statusOf(tab) === 'signedOut: noSession');

    await firstValueFrom(tab.session.setTokens(await app.emulator.signIn('bob')));

    expect(tab.session.user()?.username).toBe('bob');
  });

  it('waits for the key of an old record 250 ms only', async () => {
    (await browser.signIn(sharing())).destroy();
    browser.sleep(90 * MINUTE);
    app.time.advance(90 * MINUTE);
    const tab = browser.open(sharing());
    await asked(tab);
    tab.time.advance(249);
    await turns();
    expect(statusOf(tab)).toBe('restoring');
    tab.time.advance(1);

    await until(() => statusOf(tab) === 'signedOut: noSession');
  });

  it('takes up the session once a tab answers that could not before', async () => {
    const a = await browser.signIn(sharing());
    browser.channels.deafen(a.name);
    const b = await reopen(SECOND);
    expect(statusOf(b)).toBe('signedOut: noSession');
    browser.channels.hear(a.name);

    b.wake.next('visible');

    await until(() => statusOf(b) === 'signedIn');
  });

  it('refreshes once per expiry, whichever tab does it', async () => {
    const a = await browser.signIn(sharing());
    const b = await join();
    for (const round of [1, 2, 3]) {
      await browser.pass(58 * MINUTE + 45 * SECOND);
      expect(app.emulator.log.calls(REFRESH)).toHaveLength(round - 1);
      await passUntil(browser, () => refreshes(a) === round && refreshes(b) === round);
    }
    await browser.pass(30 * MINUTE);

    expect(new Set(refreshTokensSent(app)).size).toBe(3);
    expect(app.emulator.log.calls(REFRESH)).toHaveLength(3);
    expect(await secretsOf(b)).toEqual(await secretsOf(a));
  });

  it('lets two tabs that refresh at the same moment make one request', async () => {
    const a = await browser.signIn(sharing());
    const b = await join();

    await Promise.all([a, b].map(({ session }) => firstValueFrom(session.forceRefresh())));

    expect(app.emulator.log.calls(REFRESH)).toHaveLength(1);
  });

  it('ends in every tab with a sign-out in one, and leaves no live token', async () => {
    const a = await browser.signIn(sharing());
    const b = await join();

    await firstValueFrom(a.session.signOut());

    await until(() => statusOf(b) === 'signedOut: signedOutElsewhere');
    await until(() => app.emulator.log.calls(REVOKE).length > 0);
    expect(liveTokensOf(app)).toEqual([]);
    expect(await sharedItem()).toMatchObject({ sid: null });
    expect(Object.keys(localStorage)).toEqual([]);
  });

  it('needs no message to end: a tab that missed the sign-out finds it when it wakes', async () => {
    const a = await browser.signIn(sharing());
    const b = await join();
    browser.channels.deafen(b.name);
    await firstValueFrom(a.session.signOut());
    expect(statusOf(b)).toBe('signedIn');

    b.wake.next('visible');

    await until(() => statusOf(b) === 'signedOut: signedOutElsewhere');
  });

  it('switches the user in every tab, revokes the first one, and has a key for each session', async () => {
    const a = await browser.signIn(sharing());
    const b = await join();
    const before = await sharedItem();

    await firstValueFrom(b.session.setTokens(await app.emulator.signIn('bob')));
    await until(() => a.session.user()?.username === 'bob');
    await until(() => liveTokensOf(app, 'alice').length === 0);

    expect(a.events.map(({ type }) => type)).toContain('sessionReplaced');
    expect((await sharedItem())?.['sid']).not.toBe(before?.['sid']);
    const [first, second] = said('key').map((message) => (message as { key: CryptoKey }).key);
    const item = readSealedItem(await sharedItem());
    if (first === undefined || second === undefined || item === null)
      throw new Error('Two keys were expected.');
    expect(await openRecord(first, item)).toBe('corrupt');
    expect(await openRecord(second, item)).toMatchObject({ sid: item.sid });
  });

  it('works without messages about changes', async () => {
    const a = await browser.signIn(sharing({ enableTabSync: false }));
    const b = browser.open(sharing({ enableTabSync: false }));

    await until(() => statusOf(b) === 'signedIn');
    expect(await secretsOf(b)).toEqual(await secretsOf(a));
  });

  it('leaves nothing readable on the disk, on the channels or in the log', async () => {
    const a = await browser.signIn(sharing());
    const b = await join();
    const secrets = [...(await secretsOf(a))];
    const texts = [await databaseText()];
    await firstValueFrom(a.session.forceRefresh());
    await until(() => b.events.some(({ type }) => type === 'tokenRefreshed'));
    secrets.push(...(await secretsOf(b)));
    texts.push(await databaseText());
    await firstValueFrom(b.session.setTokens(await app.emulator.signIn('bob')));
    secrets.push(...(await secretsOf(b)));
    texts.push(await databaseText());
    await firstValueFrom(b.session.signOut());
    texts.push(await databaseText());

    texts.push(textOf(browser.channels.said), textOf(a.logged), textOf(b.logged));
    texts.push(JSON.stringify(localStorage), JSON.stringify(sessionStorage));
    expect(texts[0]).toContain('record:client1/shared');
    expect(secrets.length).toBeGreaterThan(20);
    expect(foundIn(texts.join('\n'), secrets)).toEqual([]);
  });

  it('gives away keys that cannot be exported, and puts none on the disk', async () => {
    await browser.signIn(sharing());
    await join();

    const [message] = said('key') as readonly { key: CryptoKey }[];
    expect(message?.key).toMatchObject({ extractable: false, type: 'secret' });
    const values = Object.values((await sharedItem()) ?? {});
    expect(values.filter((value) => Object.prototype.toString.call(value) === '[object CryptoKey]')).toEqual(
      [],
    );
  });

  it('removes a record that was not written for 30 days', async () => {
    (await browser.signIn(sharing())).destroy();
    browser.sleep(0);
    app.time.advance(30 * DAY);
    expect(statusOf(await reopen(SECOND))).toBe('signedOut: noSession');
    expect(await sharedItem()).toBeDefined();
    app.time.advance(1);

    const tab = await browser.restore(sharing());
    await turns(20);

    expect(statusOf(tab)).toBe('signedOut: noSession');
    expect(await sharedItem()).toBeUndefined();
  });

  describe('ignores on the channel of the keys', () => {
    it.each([
      ['no object', 'wanted'],
      ['nothing', null],
      ['another version', { v: 2, type: 'wanted', sid: 'SID' }],
      ['no version', { type: 'wanted', sid: 'SID' }],
      ['a type it does not know', { v: 1, type: 'give', sid: 'SID' }],
      ['a request without a session', { v: 1, type: 'wanted' }],
      ['a request for whatever there is', { v: 1, type: 'wanted', sid: ['SID'] }],
      ['a request for another session', { v: 1, type: 'wanted', sid: 'other' }],
    ])('%s', async (_, message) => {
      const a = await browser.signIn(sharing());
      const sid = String((await sharedItem())?.['sid']);

      browser.channels.inject(KEYS, JSON.parse(JSON.stringify(message).replaceAll('SID', sid)));
      await turns();

      expect(said('key')).toEqual([]);
      browser.channels.inject(KEYS, { v: 1, type: 'wanted', sid });
      await until(() => said('key', a).length === 1);
    });

    it('keys that do not open the record', async () => {
      const a = await browser.signIn(sharing());
      browser.channels.deafen(a.name);
      const sid = String((await sharedItem())?.['sid']);
      const wrong = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, [
        'encrypt',
        'decrypt',
      ]);
      const mac = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
      const b = browser.open(sharing());
      await asked(b);

      for (const key of [wrong, mac, {}, [], 'text', 7, null, undefined])
        browser.channels.inject(KEYS, { v: 1, type: 'key', sid, key });
      await turns(20);
      expect(statusOf(b)).toBe('restoring');
      browser.channels.hear(a.name);
      browser.channels.inject(KEYS, { v: 1, type: 'wanted', sid });

      await until(() => statusOf(b) === 'signedIn');
      expect([...warnings(a), ...warnings(b)]).toEqual([]);
    });
  });

  it('does not take a session for its own that is in the database unsealed', async () => {
    const a = await browser.signIn(sharing());
    const item = await sharedItem();
    await writeDatabase('cognito-session', 'record:client1/shared', {
      v: 1,
      sid: 'x',
      gen: 1,
      since: app.time.now(),
      attempts: [],
      tokens: { accessToken: 'a', expiresAt: 1, clockDrift: 0 },
    });
    const b = await join();

    expect(statusOf(b)).toBe('signedOut: storageUnreadable');
    await writeDatabase('cognito-session', 'record:client1/shared', item);
    a.wake.next('visible');
    await turns(20);
    expect(statusOf(a)).toBe('signedIn');
  });

  describe('where tabs cannot exchange keys', () => {
    let undo: () => void = () => undefined;

    afterEach(() => undo());

    /** `open`: opens a page of a browser that lacks something. */
    async function expectAlone(open: () => BrowserTab): Promise<void> {
      const a = open();
      await firstValueFrom(a.session.setTokens(await app.emulator.signIn('alice')));
      await firstValueFrom(a.session.forceRefresh());
      const b = open();
      await firstValueFrom(b.session.initialize());
      expect(statusOf(b)).toBe('signedOut: noSession');
      await firstValueFrom(b.session.setTokens(await app.emulator.signIn('bob')));

      expect([a, b].map(({ session }) => session.user()?.username)).toEqual(['alice', 'bob']);
      expect(warnings(a)).toEqual([expect.stringContaining('each tab has a session of its own')]);
      a.destroy();
      const c = open();
      await firstValueFrom(c.session.initialize());
      expect(statusOf(c)).toBe('signedOut: noSession');
    }

    /** The emulator needs what is taken away from the page. */
    const without = (name: string, value: unknown) => () => {
      const restore = replaceProperty(globalThis, name, { value });
      const tab = browser.open(sharing());
      restore();
      return tab;
    };

    it('for lack of WebCrypto each lives alone, which is logged once', async () => {
      await expectAlone(without('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) }));
    });

    it('for lack of IndexedDB each lives alone, which is logged once', async () => {
      await expectAlone(without('indexedDB', undefined));
    });

    it('for lack of a channel each lives alone, which is logged once', async () => {
      await expectAlone(() => browser.open({ ...sharing(), talks: false }));
    });

    it('for lack of structured clones of keys each lives alone, which is logged once', async () => {
      const clone = structuredClone;
      undo = replaceProperty(globalThis, 'structuredClone', {
        value: (value: unknown) => {
          if (Object.prototype.toString.call(value) === '[object CryptoKey]')
            throw new DOMException('It cannot be cloned.', 'DataCloneError');
          return clone(value);
        },
      });

      await expectAlone(() => browser.open(sharing()));
      expect(await sharedItem()).toBeUndefined();
    });

    it('because keys do not arrive the later tab lives alone, which is logged once', async () => {
      const a = await browser.signIn(sharing());
      browser.channels.lose((message) => (message as { type?: unknown }).type === 'key');
      const b = await reopen(SECOND);
      await firstValueFrom(b.session.setTokens(await app.emulator.signIn('bob')));
      await turns(20);

      expect([a, b].map(({ session }) => session.user()?.username)).toEqual(['alice', 'bob']);
      expect(warnings(b)).toEqual([expect.stringContaining('each tab has a session of its own')]);
      await firstValueFrom(b.session.signOut());
      await turns(20);
      expect([a, b].map(statusOf)).toEqual(['signedIn', 'signedOut: signedOut']);
    });
  });

  it('closes its channels with the app', async () => {
    const tab = await browser.signIn(sharing());
    expect(browser.channels.names).toEqual(expect.arrayContaining([KEYS]));

    tab.destroy();

    expect(browser.channels.open).toBe(0);
  });
});
