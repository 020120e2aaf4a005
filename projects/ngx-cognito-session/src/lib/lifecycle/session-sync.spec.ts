import { firstValueFrom } from 'rxjs';
import { emulatedApp, HOUR, MINUTE, REFRESH, REVOKE, SECOND } from '../../../testing-support/emulated-app';
import { FailingStorage } from '../../../testing-support/failing-writes';
import { liveTokensOf, openTabs, statusOf, TALKS } from '../../../testing-support/race-tabs';
import { errorOf } from '../../../testing-support/session-app';
import { passUntil } from '../../../testing-support/pass-until';
import { SharedStorage } from '../../../testing-support/shared-storage';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';
import { readJwt } from '../core/jwt-parts';
import type { SessionError } from '../errors/session-error';
import { channelName } from './hints';

const app = emulatedApp();
const browser = emulatedBrowser(app);

function told({ events }: BrowserTab): readonly string[] {
  return events.map((event) => {
    const more = 'reason' in event ? ` ${event.reason}` : '';
    return `${event.type}${more} (${event.origin})`;
  });
}

function lastTold(tab: BrowserTab): string | undefined {
  return told(tab).at(-1);
}

function sayChanged(): void {
  browser.channels.inject(channelName(app.emulator.clientId), { v: 1, type: 'changed' });
}

describe('tabs that talk', () => {
  it('adopt what one of them has refreshed, with one call and one event each', async () => {
    const [a, b] = await openTabs(browser, 2);

    await firstValueFrom(a.session.forceRefresh());
    await until(() => lastTold(b) === 'tokenRefreshed (otherTab)');
    for (let count = 0; count < 20; count++) sayChanged();
    await turns(10);

    expect(told(b)).toEqual(['sessionRestored (thisTab)', 'tokenRefreshed (otherTab)']);
    expect(await firstValueFrom(b.session.getTokens())).toEqual(await firstValueFrom(a.session.getTokens()));
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });

  it('adopt the other branch of a generation that two tabs have refreshed, as a refresh', async () => {
    const [tab] = await openTabs(browser, 1);
    await browser.pass(MINUTE);
    const { AccessToken: accessToken, RefreshToken: refreshToken } = await app.emulator.signIn('alice');
    await browser.changeRecord((record) => ({
      ...record,
      tokens: { ...record.tokens, accessToken, refreshToken },
    }));

    sayChanged();
    await until(() => lastTold(tab) === 'tokenRefreshed (otherTab)');

    expect(await firstValueFrom(tab.session.getAccessToken())).toBe(accessToken);
    expect(tab.session.session()?.accessClaims).toEqual(readJwt(accessToken).payload);
  });

  it('sign out together, in the moment of the call', async () => {
    const [a, b] = await openTabs(browser, 2);

    const done = firstValueFrom(a.session.signOut());
    await Promise.resolve();
    await Promise.resolve();

    expect(statusOf(b)).toBe('signedOut: signedOutElsewhere');
    await done;
    await turns();
    expect(told(b).filter((event) => event.startsWith('signedOut'))).toEqual(['signedOut (otherTab)']);
    expect(app.emulator.log.count(REVOKE)).toBe(1);
  });

  it('never adopt a session again whose sign-out they heard of, though the record still shows it', async () => {
    const [a, b] = await openTabs(browser, 2);
    const before = await browser.record();
    await firstValueFrom(a.session.signOut());
    await turns();
    await browser.changeRecord(() => before);

    b.wake.next('visible');
    sayChanged();
    await turns(10);

    expect(statusOf(b)).toBe('signedOut: signedOutElsewhere');
  });

  it('sign in together', async () => {
    const b = await browser.restore(TALKS);
    expect(statusOf(b)).toBe('signedOut: noSession');

    const a = await browser.signIn(TALKS);
    await until(() => statusOf(b) === 'signedIn');

    expect(told(b)).toEqual(['signedIn (otherTab)']);
    expect(await firstValueFrom(b.session.getAccessToken())).toBe(
      await firstValueFrom(a.session.getAccessToken()),
    );
  });

  it.each([
    ['bob', 'sessionReplaced (otherTab)'],
    ['alice', 'signedIn (otherTab)'],
  ])('follow the sign-in of %s: %s', async (username, event) => {
    const [a, b] = await openTabs(browser, 2);

    await firstValueFrom(a.session.setTokens(await app.emulator.signIn(username)));
    await until(() => lastTold(b) === event);

    expect([statusOf(b), b.session.user()?.username]).toEqual(['signedIn', username]);
  });

  it('learn of a sign-in that comes while they look for what was there', async () => {
    const b = browser.open(TALKS);
    const a = await browser.signIn(TALKS);
    await firstValueFrom(b.session.initialize());
    await until(() => statusOf(b) === 'signedIn');

    expect(await firstValueFrom(b.session.getAccessToken())).toBe(
      await firstValueFrom(a.session.getAccessToken()),
    );
  });

  it('refresh a session that another tab began long ago before they show it', async () => {
    const b = await browser.restore(TALKS);
    browser.channels.deafen(b.name);
    await browser.signIn(TALKS);
    browser.sleep(2 * HOUR);

    b.wake.next('visible');
    await until(() => statusOf(b) !== 'signedOut: noSession');
    expect(statusOf(b)).toBe('restoring');
    await browser.pass(1, [b]);
    await until(() => statusOf(b) === 'signedIn');

    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });

  it('let callers wait for that refresh for 10 s, however old the page is', async () => {
    const b = await browser.restore(TALKS);
    browser.channels.deafen(b.name);
    await browser.signIn(TALKS);
    await browser.pass(30 * SECOND);
    browser.sleep(2 * HOUR);
    app.emulator.hold(REFRESH);
    b.wake.next('visible');
    await until(() => statusOf(b) === 'restoring');
    const seen: unknown[] = [];

    b.session.getAccessToken().subscribe({ error: (error: SessionError) => seen.push(error.code) });
    await browser.pass(9 * SECOND, [b]);
    expect(seen).toEqual([]);
    await browser.pass(SECOND, [b]);

    expect(seen).toEqual(['restoreTimeout']);
  });

  it('share the reason for which a session ends: one call, no second refusal', async () => {
    const [a, b] = await openTabs(browser, 2);
    app.emulator.faults.add(REFRESH, { kind: 'error', type: 'NotAuthorizedException' });

    await errorOf(a.session.forceRefresh());
    await until(() => statusOf(b).startsWith('signedOut'));

    expect([a, b].map(statusOf)).toEqual(Array(2).fill('signedOut: refreshTokenExpired'));
    expect(lastTold(b)).toBe('sessionExpired refreshTokenExpired (otherTab)');
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });
});

describe('a record that cannot be used', () => {
  it('is reported once, though the page looks at it again', async () => {
    const a = await browser.signIn(TALKS);
    const foreign = await firstValueFrom(a.session.getTokens());
    await browser.changeRecord((record) => ({
      ...record,
      sid: 'another',
      tokens: { ...record.tokens, accessToken: foreign?.idToken ?? '' },
    }));

    for (let count = 0; count < 3; count++) {
      sayChanged();
      await turns(10);
    }

    expect(statusOf(a)).toBe('signedOut: storageUnreadable');
    expect(a.logged.filter(({ level }) => level === 'error')).toHaveLength(1);
    expect(told(a).filter((event) => event.startsWith('error'))).toHaveLength(1);
  });
});

describe('a record that cannot be read after a hint (E21)', () => {
  /** Two tabs with one user; another user signs in to the second one, and the first one cannot read it. */
  async function switchedUnseen() {
    const storage = new SharedStorage();
    const tab = await browser.signIn({ ...TALKS, storage });
    const other = await browser.restore({ ...TALKS, storage: storage.ofAnotherTab() });
    storage.failsReads = true;
    await firstValueFrom(other.session.setTokens(await app.emulator.signIn('bob')));
    await until(() => told(tab).includes('error (thisTab)'));
    return { storage, tab };
  }

  it('hands out no token of the user before', async () => {
    const { tab } = await switchedUnseen();

    expect(await errorOf(tab.session.getAccessToken())).toMatchObject({ code: 'storageError' });
    expect(statusOf(tab)).toBe('signedIn');
  });

  it('is read again until that succeeds, and reported once', async () => {
    const { storage, tab } = await switchedUnseen();
    await browser.pass(2 * MINUTE);

    storage.failsReads = false;
    await passUntil(browser, () => lastTold(tab) === 'sessionReplaced (otherTab)', 80);

    expect(tab.session.user()?.username).toBe('bob');
    expect(told(tab).filter((event) => event.startsWith('error'))).toHaveLength(1);
    expect(tab.logged.filter(({ level }) => level === 'error')).toHaveLength(1);
    const { reads } = storage;
    await browser.pass(2 * MINUTE);
    expect(storage.reads).toBe(reads);
  });

  it('is read again by a page that could not read it at its start', async () => {
    const storage = new SharedStorage();
    await browser.signIn({ storage });
    storage.failsReads = true;
    const tab = await browser.restore({ storage });
    expect(statusOf(tab)).toBe('signedOut: storageUnreadable');

    storage.failsReads = false;
    await passUntil(browser, () => statusOf(tab) === 'signedIn');

    expect(told(tab)).toEqual(['error (thisTab)', 'sessionRestored (thisTab)']);
    expect(tab.logged.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  it('is not read while the page is hidden, and again when the user looks at it', async () => {
    const { storage, tab } = await switchedUnseen();
    tab.sleep.next('hidden');
    const { reads } = storage;
    await browser.pass(2 * MINUTE);
    expect(storage.reads).toBe(reads);

    tab.wake.next('visible');
    await turns(10);
    storage.failsReads = false;
    await passUntil(browser, () => tab.session.user()?.username === 'bob');
  });
});

describe('a third tab that watches (E21)', () => {
  it.each([
    ['a sign-out and a sign-in', true],
    ['two sign-ins', false],
  ])('ends where the record does after %s at once', async (_, isSignOut) => {
    for (let round = 0; round < 4; round++) {
      const [a, b, c] = await openTabs(browser, 3);
      const tokens = await app.emulator.signIn('bob');
      const other = await app.emulator.signIn('alice');

      const commands = [
        isSignOut ? firstValueFrom(a.session.signOut()) : firstValueFrom(a.session.setTokens(other)),
        firstValueFrom(b.session.setTokens(tokens)),
      ];
      await turns(round);
      sayChanged();
      await Promise.all(commands);
      await turns(20);

      const { tokens: stored } = await browser.record();
      for (const tab of [a, b, c])
        expect((await firstValueFrom(tab.session.getTokens()))?.accessToken).toBe(stored.accessToken);
      for (const tab of [a, b, c]) tab.destroy();
    }
  });
});

describe('two sign-ins in one tab (E26)', () => {
  it.each([0, 1, 2])(
    'are never reported as a sign-out of another tab, though a look comes after %i turns',
    async (count) => {
      const [a] = await openTabs(browser, 2);
      const [first, second] = [await app.emulator.signIn('bob'), await app.emulator.signIn('alice')];

      const overtaken = firstValueFrom(a.session.setTokens(first)).catch(() => undefined);
      sayChanged();
      await turns(count);
      const signedIn = firstValueFrom(a.session.setTokens(second));
      a.wake.next('visible');
      await Promise.all([overtaken, signedIn]);
      await turns(20);

      expect(told(a).filter((event) => event.includes('otherTab'))).toEqual([]);
      expect([statusOf(a), a.session.user()?.username]).toEqual(['signedIn', 'alice']);
      await until(() => liveTokensOf(app, 'bob').length === 0);
    },
  );
});

describe('tokens that are handed over', () => {
  it('are revoked if another command in the same task overtakes them (E22)', async () => {
    const a = await browser.restore(TALKS);
    const [first, second] = [await app.emulator.signIn('bob'), await app.emulator.signIn('alice')];

    const overtaken = errorOf(a.session.setTokens(first));
    const signedIn = firstValueFrom(a.session.setTokens(second));

    expect(await overtaken).toMatchObject({ code: 'superseded' });
    await signedIn;
    await until(() => liveTokensOf(app, 'bob').length === 0);
    expect(liveTokensOf(app)).toEqual([second.RefreshToken]);
  });

  it.each(['adopt', 'signOut'] as const)(
    'are revoked when another tab replaces them, with onUserSwitch: %s (E19)',
    async (onUserSwitch) => {
      const options = { ...TALKS, config: { onUserSwitch } };
      const [a, b] = await openTabs(browser, 2, () => options);
      const [bob, alice] = [await app.emulator.signIn('bob'), await app.emulator.signIn('alice')];

      await Promise.all(
        [firstValueFrom(a.session.setTokens(bob)), firstValueFrom(b.session.setTokens(alice))].map((done) =>
          done.catch(() => undefined),
        ),
      );
      await turns(20);

      const { tokens } = await browser.record();
      await until(() => liveTokensOf(app).length + liveTokensOf(app, 'bob').length === 1);
      expect([...liveTokensOf(app), ...liveTokensOf(app, 'bob')]).toEqual([tokens.refreshToken]);
    },
  );

  it('are revoked when another tab replaces them in localStorage (E19)', async () => {
    class LocalCopy extends FailingStorage {
      readonly ɵisLocalStorage = true;
    }
    const storage = new LocalCopy(true);
    const [a, b] = await openTabs(browser, 2, () => ({ ...TALKS, storage }));
    const [bob, alice] = [await app.emulator.signIn('bob'), await app.emulator.signIn('alice')];

    await Promise.all(
      [a.session.setTokens(bob), b.session.setTokens(alice)].map((done) => firstValueFrom(done)),
    );
    await turns(20);

    const { tokens } = await browser.record();
    await until(() => liveTokensOf(app).length + liveTokensOf(app, 'bob').length === 1);
    expect([...liveTokensOf(app), ...liveTokensOf(app, 'bob')]).toEqual([tokens.refreshToken]);
    expect(storage.content).toContain(tokens.refreshToken);
  });
});

describe('a look while a sign-in hangs at Cognito', () => {
  /** A tab whose look begins before the sign-in, and has to be repeated because of it. */
  async function lookingTab(): Promise<{ readonly tab: BrowserTab; readonly other: BrowserTab }> {
    const [tab, other] = await openTabs(browser, 2);
    const { RefreshToken: refreshToken } = await app.emulator.signIn('bob');
    const barrier = app.emulator.hold(REFRESH);
    tab.sleep.next('hidden');
    tab.wake.next('visible');
    tab.session.setTokens({ refreshToken }).subscribe({ error: () => undefined });
    await barrier.arrived(1);
    return { tab, other };
  }

  it('keeps no caller waiting for as long as the sign-in', async () => {
    const { tab } = await lookingTab();
    const seen: unknown[] = [];

    tab.session.getAccessToken().subscribe({ next: () => seen.push('token'), error: (e) => seen.push(e) });
    await passUntil(browser, () => seen.length > 0, 15);

    expect(seen).toEqual(['token']);
  });

  it('misses no user switch', async () => {
    const { tab, other } = await lookingTab();

    await firstValueFrom(other.session.setTokens(await app.emulator.signIn('bob')));
    await passUntil(browser, () => lastTold(tab) === 'sessionReplaced (otherTab)', 15);

    expect(tab.session.user()?.username).toBe('bob');
  });
});

describe("with onUserSwitch: 'signOut'", () => {
  const SIGNS_OUT = { ...TALKS, config: { onUserSwitch: 'signOut' } } as const;

  async function switched(): Promise<readonly [BrowserTab, BrowserTab]> {
    const [a, b] = await openTabs(browser, 2, () => SIGNS_OUT);
    await firstValueFrom(a.session.setTokens(await app.emulator.signIn('bob')));
    await until(() => statusOf(b).startsWith('signedOut'));
    return [a, b];
  }

  it('a tab is signed out when another one signs in another user, whose session stays', async () => {
    const [a, b] = await switched();

    expect(statusOf(b)).toBe('signedOut: userSwitched');
    expect(lastTold(b)).toBe('sessionExpired userSwitched (otherTab)');
    expect(await errorOf(b.session.getAccessToken())).toMatchObject({ code: 'noSession' });
    expect(await firstValueFrom(a.session.forceRefresh())).toMatchObject({ user: { username: 'bob' } });
  });

  it('it stays signed out, whatever that user does', async () => {
    const [a, b] = await switched();

    await firstValueFrom(a.session.forceRefresh());
    await firstValueFrom(a.session.setTokens(await app.emulator.signIn('bob')));
    b.wake.next('visible');
    await turns(10);

    expect(statusOf(b)).toBe('signedOut: userSwitched');
  });

  it('it comes back with its own user', async () => {
    const [a, b] = await switched();

    await firstValueFrom(a.session.setTokens(await app.emulator.signIn('alice')));
    await until(() => statusOf(b) === 'signedIn');

    expect(b.session.user()?.username).toBe('alice');
  });

  it('a tab goes on when the same user signs in again', async () => {
    const [a, b] = await openTabs(browser, 2, () => SIGNS_OUT);

    await firstValueFrom(a.session.setTokens(await app.emulator.signIn('alice')));
    await until(() => lastTold(b) === 'signedIn (otherTab)');

    expect(statusOf(b)).toBe('signedIn');
  });
});
