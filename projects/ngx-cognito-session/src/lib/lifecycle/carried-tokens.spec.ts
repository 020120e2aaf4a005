import { firstValueFrom } from 'rxjs';
import { emulatedApp, REFRESH, REVOKE } from '../../../testing-support/emulated-app';
import { IndexedDbItems } from '../storage/indexed-db-items';
import { MemoryStorage } from '../storage/memory-storage';
import type { StorageAdapter } from '../storage/storage-adapter';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';

const app = emulatedApp();
const browser = emulatedBrowser(app);

/** A tab whose tokens no other tab can read. */
function inMemory(storage: StorageAdapter = new MemoryStorage()) {
  return { storage, talks: true, config: { enableTabSync: true } } as const;
}

const namespace = () => `${app.emulator.region}/${app.emulator.clientId}`;
const tokensChannel = () => `cognito-session:${namespace()}/tokens`;

async function tokensOf({ session }: BrowserTab) {
  return firstValueFrom(session.getTokens());
}

function lastTold({ events }: BrowserTab): string {
  const event = events.at(-1);
  return event === undefined ? 'nothing' : `${event.type} (${event.origin})`;
}

async function twoTabs(): Promise<readonly [BrowserTab, BrowserTab]> {
  const a = await browser.signIn(inMemory());
  const b = await open();
  return [a, b];
}

/** A new tab; time passes while it waits for the others. */
async function open(storage?: StorageAdapter): Promise<BrowserTab> {
  const tab = browser.open(inMemory(storage));
  await waiting(tab, () => tab.session.state().status !== 'restoring');
  return tab;
}

/** Time passes for a tab until it is so. */
function waiting({ time }: BrowserTab, isMet: () => boolean): Promise<void> {
  return until(() => {
    if (isMet()) return true;
    time.advance(10);
    return false;
  });
}

async function everythingStored(): Promise<string> {
  const items = new IndexedDbItems('cognito-session');
  const stored = await Promise.all((await items.keys()).map((key) => items.read(key)));
  return JSON.stringify([stored, Object.entries(localStorage), Object.entries(sessionStorage)]);
}

describe('tabs that keep tokens in memory, with enableTabSync', () => {
  it('race 37: bring them to a tab that is opened later', async () => {
    const [a, b] = await twoTabs();

    expect(b.session.state().status).toBe('signedIn');
    expect(lastTold(b)).toBe('sessionRestored (thisTab)');
    expect(await tokensOf(b)).toEqual(await tokensOf(a));
  });

  it('store none of them anywhere', async () => {
    const [a] = await twoTabs();
    const held = [await tokensOf(a)];
    await firstValueFrom(a.session.forceRefresh());
    held.push(await tokensOf(a));

    const stored = await everythingStored();

    expect(stored).toContain((await browser.record()).sid);
    for (const tokens of held)
      for (const token of [tokens?.accessToken, tokens?.idToken, tokens?.refreshToken])
        expect(stored).not.toContain(token);
  });

  it('share a renewal: one call, and all hold what it brought', async () => {
    const [a, b] = await twoTabs();

    await Promise.all([a, b].map(({ session }) => firstValueFrom(session.forceRefresh())));
    await until(() => [a, b].every(({ events }) => events.at(-1)?.type === 'tokenRefreshed'));

    expect(app.emulator.log.count(REFRESH)).toBe(1);
    expect(await tokensOf(b)).toEqual(await tokensOf(a));
  });

  it('post the tokens before the record names them', async () => {
    const a = await browser.signIn(inMemory());
    browser.channels.said.splice(0);

    await firstValueFrom(a.session.forceRefresh());

    const order = browser.channels.said.map(({ message }) => {
      const { hint, message: carried } = message as { hint?: { type: string }; message?: { type: string } };
      return hint?.type ?? carried?.type;
    });
    expect(order).toEqual(['started', 'tokens', 'renewed']);
  });

  it('race 39: hold tokens aside until the record names them', async () => {
    const [a, b] = await twoTabs();
    const before = await tokensOf(b);
    const { sid } = await browser.record();
    const issued = await app.emulator.signIn('alice');

    browser.channels.inject(tokensChannel(), {
      v: 1,
      ns: namespace(),
      message: {
        type: 'tokens',
        id: 'made-up',
        session: {
          sid,
          gen: 99,
          tokens: {
            accessToken: issued.AccessToken,
            refreshToken: issued.RefreshToken,
            expiresAt: 99_999_999_999,
            clockDrift: 0,
          },
        },
      },
    });
    await turns(10);

    expect(await tokensOf(b)).toEqual(before);
    expect(await tokensOf(a)).toEqual(before);
  });

  it.each<[string, () => Promise<object>]>([
    ['of another user', async () => ({ id: 'x', session: await sessionOf('bob') })],
    ['that are no tokens', async () => ({ id: 'x', session: { ...(await sessionOf('alice')), tokens: {} } })],
    ['of no generation', async () => ({ id: 'x', session: { ...(await sessionOf('alice')), gen: 0 } })],
    ['without a name', async () => ({ session: await sessionOf('alice') })],
  ])('race 39: do not take what somebody says: tokens %s', async (_, fieldsOf) => {
    const [a] = await twoTabs();
    const [states, logged] = [a.states.length, a.logged.length];

    browser.channels.inject(tokensChannel(), {
      v: 1,
      ns: namespace(),
      message: { type: 'tokens', ...(await fieldsOf()) },
    });
    await turns(10);

    expect(a.states).toHaveLength(states);
    expect(a.logged.slice(logged).map(({ level }) => level)).toEqual(['warn']);
    expect(a.logged.map(({ text }) => text).join()).not.toContain('eyJ');
  });

  it('sign out together, and forget what they carried', async () => {
    const [a, b] = await twoTabs();

    await firstValueFrom(a.session.signOut());
    await turns();
    const c = await open();

    expect([b, c].map(({ session }) => session.state())).toEqual([
      { status: 'signedOut', reason: 'signedOutElsewhere' },
      { status: 'signedOut', reason: 'noSession' },
    ]);
    expect(app.emulator.log.count(REVOKE)).toBe(1);
    expect(app.emulator.liveRefreshTokens()).toEqual([]);
  });

  it('race 38: survive the one that renewed: the others hold what it brought', async () => {
    const [a, b] = await twoTabs();
    await firstValueFrom(a.session.forceRefresh());
    await until(() => lastTold(b) === 'tokenRefreshed (otherTab)');

    a.crash();
    const c = await open();

    expect(await tokensOf(c)).toEqual(await tokensOf(b));
    await firstValueFrom(c.session.forceRefresh());
    expect(app.emulator.log.count(REFRESH)).toBe(2);
  });

  it('race 37: leave nobody signed in when the last one is gone, and say nothing of it', async () => {
    const a = await browser.signIn(inMemory());
    a.crash();

    const b = await open();

    expect(b.session.state()).toEqual({ status: 'signedOut', reason: 'noSession' });
    expect(b.events).toEqual([]);
  });

  it('go on with what they hold if whoever carried the newer tokens is gone', async () => {
    app.emulator.configure({ rotation: false });
    const [a, b] = await twoTabs();
    browser.channels.deafen(b.name);
    await firstValueFrom(a.session.forceRefresh());
    a.crash();
    browser.channels.hear(b.name);

    b.session.forceRefresh().subscribe();
    await waiting(b, () => lastTold(b) === 'tokenRefreshed (otherTab)');
    await firstValueFrom(b.session.forceRefresh());

    expect(lastTold(b)).toBe('tokenRefreshed (thisTab)');
    expect((await browser.record()).gen).toBe(3);
  });

  it('are taken up by a tab that had given up waiting for them', async () => {
    const a = await browser.signIn(inMemory());
    browser.channels.deafen(a.name);
    const b = await open();
    expect(b.session.state().status).toBe('signedOut');

    browser.channels.hear(a.name);
    b.wake.next('visible');
    await waiting(b, () => b.session.state().status === 'signedIn');

    expect(lastTold(b)).toBe('signedIn (otherTab)');
  });

  it('survive a reload with a storage of each tab', async () => {
    // As with sessionStorage: what is in it survives, and no other tab sees it.
    const storage = new MemoryStorage();
    const a = await browser.signIn(inMemory(storage));
    await firstValueFrom(a.session.forceRefresh());
    const held = await tokensOf(a);
    a.crash();

    const reloaded = await open(storage);

    expect(await tokensOf(reloaded)).toEqual(held);
  });

  it('live alone where there is no channel, which is said once', async () => {
    const a = await browser.signIn({ ...inMemory(), talks: false });

    expect(a.logged.filter(({ level }) => level === 'warn')).toHaveLength(1);
    expect(a.session.state().status).toBe('signedIn');
    expect(browser.locks.asked).toBe(0);
  });
});

async function sessionOf(username: string): Promise<object> {
  const { sid } = await browser.record();
  const { AccessToken, RefreshToken } = await app.emulator.signIn(username);
  return {
    sid,
    gen: 2,
    tokens: {
      accessToken: AccessToken,
      refreshToken: RefreshToken,
      expiresAt: 99_999_999_999,
      clockDrift: 0,
    },
  };
}
