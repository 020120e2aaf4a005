import { firstValueFrom } from 'rxjs';
import { databaseText, foundIn, secretsOf, textOf } from '../../../testing-support/disk-scan';
import { emulatedApp, HOUR, MINUTE, REFRESH, REVOKE, SECOND } from '../../../testing-support/emulated-app';
import { liveTokensOf, refreshTokensSent, statusOf } from '../../../testing-support/race-tabs';
import { passUntil } from '../../../testing-support/pass-until';
import { readDatabase } from '../../../testing-support/raw-database';
import { replaceProperty } from '../../../testing-support/replaced-global';
import { ofTab, TabStorage } from '../../../testing-support/tab-storage';
import { emulatedBrowser, type BrowserTab, type TabOptions } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';
import { SessionStorageAdapter, withSessionStorage, withStorage } from '../../public-api';

const DAY = 24 * HOUR;
const KEY_ITEM = 'cognito-session:client1/key';

const app = emulatedApp();
const browser = emulatedBrowser(app);

/** A tab with this `sessionStorage`. */
function tabOf(items: TabStorage, prefix?: string): TabOptions {
  const options = prefix === undefined ? {} : { prefix };
  return { talks: true, features: [withSessionStorage(options), ofTab(items)] };
}

/** Two tabs that share a session: the second one is a duplicate of the first. */
async function duplicated(): Promise<{
  a: BrowserTab;
  b: BrowserTab;
  items: readonly [TabStorage, TabStorage];
}> {
  const items = new TabStorage();
  const a = await browser.signIn(tabOf(items));
  const copy = items.copy();
  const b = await browser.restore(tabOf(copy));
  return { a, b, items: [items, copy] };
}

async function records(): Promise<readonly [string, Record<string, unknown>][]> {
  return (await readDatabase('cognito-session')) as [string, Record<string, unknown>][];
}

function sidIn(items: TabStorage): string {
  return (JSON.parse(items.getItem(KEY_ITEM) ?? '{}') as { sid: string }).sid;
}

/** The sessions that are marked as signed out. */
function markersIn(text: string): readonly (string | undefined)[] {
  return [...text.matchAll(/signed-out\/([^"\\]+)/g)].map(([, sid]) => sid);
}

function refreshes({ events }: BrowserTab): number {
  return events.filter(({ type }) => type === 'tokenRefreshed').length;
}

describe('withSessionStorage', () => {
  beforeEach(() => sessionStorage.clear());

  it('keeps the session over a reload', async () => {
    const items = new TabStorage();
    const before = await browser.signIn(tabOf(items));
    const secrets = await secretsOf(before);
    before.destroy();

    const after = await browser.restore(tabOf(items));

    expect(statusOf(after)).toBe('signedIn');
    expect(await secretsOf(after)).toEqual(secrets);
  });

  it('keeps the tokens of a renewal over a reload', async () => {
    const items = new TabStorage();
    const before = await browser.signIn(tabOf(items));
    await firstValueFrom(before.session.forceRefresh());
    const secrets = await secretsOf(before);
    before.destroy();

    expect(await secretsOf(await browser.restore(tabOf(items)))).toEqual(secrets);
  });

  it('is signed out at once in a new tab', async () => {
    const a = await browser.signIn(tabOf(new TabStorage()));

    const b = await browser.restore(tabOf(new TabStorage()));

    expect([a, b].map(statusOf)).toEqual(['signedIn', 'signedOut: noSession']);
  });

  it('has a session of its own in each tab, which no sign-out elsewhere ends', async () => {
    const a = await browser.signIn(tabOf(new TabStorage()));
    const b = await browser.signIn(tabOf(new TabStorage()), 'bob');

    await firstValueFrom(a.session.signOut());
    await turns(20);

    expect([a, b].map(statusOf)).toEqual(['signedOut: signedOut', 'signedIn']);
    expect(b.session.user()?.username).toBe('bob');
    expect(liveTokensOf(app, 'bob')).toHaveLength(1);
  });

  it('shares the session with a duplicated tab', async () => {
    const { a, b } = await duplicated();

    expect(statusOf(b)).toBe('signedIn');
    expect(await secretsOf(b)).toEqual(await secretsOf(a));
  });

  it('race 36: spends a refresh token once between a tab and its duplicate', async () => {
    const { a, b } = await duplicated();
    for (const round of [1, 2]) {
      await browser.pass(58 * MINUTE + 45 * SECOND);
      await passUntil(browser, () => refreshes(a) === round && refreshes(b) === round);
    }
    await browser.pass(30 * MINUTE);

    expect(app.emulator.log.calls(REFRESH)).toHaveLength(2);
    expect(new Set(refreshTokensSent(app)).size).toBe(2);
    expect([refreshes(a), refreshes(b)]).toEqual([2, 2]);
    expect(await secretsOf(b)).toEqual(await secretsOf(a));
  });

  it('race 36: makes one request if both refresh at the same moment', async () => {
    const { a, b } = await duplicated();

    await Promise.all([a, b].map(({ session }) => firstValueFrom(session.forceRefresh())));

    expect(app.emulator.log.calls(REFRESH)).toHaveLength(1);
  });

  it('ends in the duplicate with a sign-out of the original, and leaves no live token', async () => {
    const { a, b } = await duplicated();

    await firstValueFrom(a.session.signOut());

    await until(() => statusOf(b) === 'signedOut: signedOutElsewhere');
    await until(() => app.emulator.log.calls(REVOKE).length > 0);
    expect(liveTokensOf(app)).toEqual([]);
  });

  it('ends the record of the original with a sign-in in the duplicate, which has a record of its own', async () => {
    const { a, b, items } = await duplicated();
    const before = sidIn(items[0]);

    await firstValueFrom(b.session.setTokens(await app.emulator.signIn('bob')));

    await until(() => statusOf(a) === 'signedOut: signedOutElsewhere');
    expect(b.session.user()?.username).toBe('bob');
    await until(() => liveTokensOf(app, 'alice').length === 0);
    expect(liveTokensOf(app, 'bob')).toHaveLength(1);
    expect(new Map(await records()).get(`"record:client1/${before}"`)).toMatchObject({
      sid: null,
      ended: before,
    });
    expect(sidIn(items[1])).not.toBe(before);
    b.destroy();
    const after = await browser.restore(tabOf(items[1]));
    expect(after.session.user()?.username).toBe('bob');
  });

  it('keeps one of two sign-ins of the same moment, and no live token of the other', async () => {
    const items = new TabStorage();
    const tab = await browser.restore(tabOf(items));
    const [alice, bob] = [await app.emulator.signIn('alice'), await app.emulator.signIn('bob')];

    const outcomes = await Promise.allSettled(
      [alice, bob].map((tokens) => firstValueFrom(tab.session.setTokens(tokens))),
    );

    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    await until(() => liveTokensOf(app, 'alice').length === 0);
    tab.destroy();
    const after = await browser.restore(tabOf(items));
    expect(after.session.user()?.username).toBe('bob');
    expect(
      (await records()).filter(([key, { sid }]) => sid !== null && key.includes(sidIn(items))),
    ).toHaveLength(1);
  });

  it('finishes a sign-out that the database has not seen; it marks its own session, not all of them', async () => {
    const { a, b, items } = await duplicated();
    const sid = sidIn(items[0]);
    a.destroy();
    const restore = replaceProperty(globalThis, 'indexedDB', { value: { open: () => ({}) } });
    // A page that does not know its session yet, and dies.
    const dying = browser.open({ ...tabOf(items[0]), talks: false });
    dying.session.signOut().subscribe({ error: () => undefined });
    dying.destroy();
    restore();
    expect(markersIn(items[0].text)).toEqual([sid]);
    expect(markersIn(JSON.stringify(localStorage))).toEqual([]);
    expect(liveTokensOf(app)).toHaveLength(1);

    const next = await browser.restore(tabOf(items[0]));

    expect(statusOf(next)).toBe('signedOut: noSession');
    await until(() => liveTokensOf(app).length === 0);
    await until(() => markersIn(items[0].text).length === 0);
    b.wake.next('visible');
    await until(() => statusOf(b) === 'signedOut: signedOutElsewhere');
  });

  it('leaves nothing readable on the disk, on the channels, in the log or in the sessionStorage', async () => {
    const { a, b, items } = await duplicated();
    const secrets = [...(await secretsOf(a))];
    const texts = [await databaseText()];
    await firstValueFrom(a.session.forceRefresh());
    await until(() => refreshes(b) === 1);
    secrets.push(...(await secretsOf(b)));
    texts.push(await databaseText());
    await firstValueFrom(b.session.setTokens(await app.emulator.signIn('bob')));
    secrets.push(...(await secretsOf(b)));
    texts.push(await databaseText(), items[0].text, items[1].text);
    texts.push(textOf(browser.channels.said), textOf(a.logged), textOf(b.logged));
    texts.push(JSON.stringify(localStorage), JSON.stringify(sessionStorage));

    expect(texts[0]).toContain('record:client1/');
    expect(secrets.length).toBeGreaterThan(20);
    expect(foundIn(texts.join('\n'), secrets)).toEqual([]);
  });

  it('writes the key to the sessionStorage and nowhere else', async () => {
    const items = new TabStorage();
    await browser.signIn(tabOf(items));
    const { key } = JSON.parse(items.getItem(KEY_ITEM) ?? '{}') as { key: JsonWebKey };
    const bytes = Buffer.from(key.k ?? '', 'base64url');

    expect(bytes).toHaveLength(32);
    const disk = await databaseText();
    expect(foundIn(disk, [key.k ?? '', bytes.toString('latin1')])).toEqual([]);
  });

  it('uses the prefix of the app', async () => {
    const items = new TabStorage();
    await browser.signIn(tabOf(items, 'mine:'));

    expect(items.getItem('mine:client1/key')).toContain('"sid"');
    expect(items.getItem(KEY_ITEM)).toBeNull();
  });

  it('is signed out with a damaged key, and takes the next sign-in', async () => {
    for (const text of ['', '{', 'null', '7', '{"v":1}', '{"v":2,"sid":"a","key":{}}']) {
      const items = new TabStorage([[KEY_ITEM, text]]);
      const tab = await browser.restore(tabOf(items));
      expect(statusOf(tab)).toBe('signedOut: noSession');
      await firstValueFrom(tab.session.setTokens(await app.emulator.signIn('alice')));
      expect(statusOf(await browser.restore(tabOf(items.copy())))).toBe('signedIn');
    }
  });

  it('removes what closed tabs have left after 30 days, and nothing else', async () => {
    const young = new TabStorage();
    const old = await browser.signIn(tabOf(new TabStorage()));
    const ended = await browser.signIn(tabOf(new TabStorage()));
    await firstValueFrom(ended.session.signOut());
    old.destroy();
    ended.destroy();
    app.time.advance(DAY);
    (await browser.signIn(tabOf(young), 'bob')).destroy();
    app.time.advance(29 * DAY);
    await browser.restore(tabOf(new TabStorage()));
    await turns(20);
    expect(await records()).toHaveLength(3);
    app.time.advance(1);

    await browser.restore(tabOf(new TabStorage()));
    await turns(20);

    expect((await records()).map(([key]) => key)).toEqual([`"record:client1/${sidIn(young)}"`]);
  });

  describe('without WebCrypto', () => {
    it('keeps the session in the sessionStorage as it is, which is logged once', async () => {
      const subtle = { getRandomValues: crypto.getRandomValues.bind(crypto) };
      const open = () => {
        const restore = replaceProperty(globalThis, 'crypto', { value: subtle });
        const tab = browser.open({ talks: true, features: [withSessionStorage({ prefix: 'mine:' })] });
        restore();
        return tab;
      };
      const a = open();
      await firstValueFrom(a.session.setTokens(await app.emulator.signIn('alice')));
      await firstValueFrom(a.session.forceRefresh());
      a.destroy();
      const b = open();
      await firstValueFrom(b.session.initialize());

      expect(statusOf(b)).toBe('signedIn');
      expect(sessionStorage.getItem('mine:client1')).toContain('refreshToken');
      for (const { logged } of [a, b])
        expect(logged.filter(({ level }) => level === 'warn').map(({ text }) => text)).toEqual([
          expect.stringContaining('each tab has a session of its own'),
        ]);
    });
  });

  it('is another thing than a SessionStorageAdapter, which stays a plain storage of this page', async () => {
    const a = browser.open({ features: [withStorage(new SessionStorageAdapter())] });
    await firstValueFrom(a.session.setTokens(await app.emulator.signIn('alice')));

    expect(sessionStorage.getItem('cognito-session:client1')).toContain('refreshToken');
    expect(await records().catch(() => [])).toEqual([]);
  });
});
