import { firstValueFrom } from 'rxjs';
import { emulatedApp, REFRESH, SECOND } from '../../../testing-support/emulated-app';
import { nextEvent } from '../../../testing-support/session-app';
import {
  bothRenewed,
  duplicated,
  leave,
  passing,
  settled,
  statusOf,
  TabStorage,
  tokensOf,
  waiting,
} from '../../../testing-support/duplicated-tabs';
import { failingDatabase } from '../../../testing-support/failing-writes';
import { emulatedBrowser } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';
import { IndexedDbItems } from '../storage/indexed-db-items';

const app = emulatedApp();
const browser = emulatedBrowser(app);

function bellName(): string {
  return `cognito-session:${app.emulator.region}/${app.emulator.clientId}/bell`;
}

describe('race 36: a tab that is duplicated with its sessionStorage', () => {
  it('lives alone before: no record, no lock, no channel but the one it can be rung by', async () => {
    const a = await browser.signIn({ storage: new TabStorage(), talks: true });
    await firstValueFrom(a.session.forceRefresh());

    expect(browser.locks.asked).toBe(0);
    expect(browser.channels.said).toEqual([]);
    expect(browser.channels.names).toEqual([bellName()]);
    expect(await new IndexedDbItems('cognito-session').keys()).toEqual([]);
  });

  it('has the same session in both, and makes one call for both', async () => {
    const { a, b } = await duplicated(browser);
    expect(await tokensOf(b)).toEqual(await tokensOf(a));

    const renewals = [a, b].map(({ session }) => firstValueFrom(session.forceRefresh()));
    await Promise.all(renewals);
    await until(() => [a, b].every(({ events }) => events.at(-1)?.type === 'tokenRefreshed'));

    expect(app.emulator.log.count(REFRESH)).toBe(1);
    expect(await tokensOf(b)).toEqual(await tokensOf(a));
  });

  it('takes over what the other one renews, time after time', async () => {
    const { a, b } = await duplicated(browser);

    for (const tab of [a, b, a]) {
      const other = tab === a ? b : a;
      const told = nextEvent(other.session, 'tokenRefreshed');
      await firstValueFrom(tab.session.forceRefresh());
      await told;
      // Whoever stood by while the other one renewed has done so: a renewal by hand would join it.
      await turns();
    }

    expect(app.emulator.log.count(REFRESH)).toBe(3);
    expect(await tokensOf(b)).toEqual(await tokensOf(a));
  });

  it('is signed out in both', async () => {
    const { a, b } = await duplicated(browser);

    await firstValueFrom(b.session.signOut());
    await until(() => statusOf(a) === 'signedOut');

    expect(a.session.state()).toEqual({ status: 'signedOut', reason: 'signedOutElsewhere' });
  });

  it('waits for the renewal that is on its way when it is copied', async () => {
    const storage = new TabStorage();
    const a = await browser.signIn({ storage, talks: true });
    const barrier = app.emulator.hold(REFRESH);
    const renewed = firstValueFrom(a.session.forceRefresh());
    await barrier.arrived(1);

    const b = browser.open({ storage: storage.copy(), talks: true });
    await turns();
    await browser.pass(5 * SECOND, [b]);
    expect(statusOf(b)).toBe('restoring');
    await barrier.open();
    await renewed;
    await waiting(() => statusOf(b) === 'signedIn', a, b);
    await firstValueFrom(b.session.forceRefresh());

    expect(app.emulator.log.count(REFRESH)).toBe(2);
    expect(app.emulator.log.calls(REFRESH).map(({ status }) => status)).toEqual([200, 200]);
  });

  it('makes every copy wait, however many there are', async () => {
    const storage = new TabStorage();
    const a = await browser.signIn({ storage, talks: true });
    const barrier = app.emulator.hold(REFRESH);
    const renewed = firstValueFrom(a.session.forceRefresh());
    await barrier.arrived(1);

    const copies = [1, 2, 3].map(() => browser.open({ storage: storage.copy(), talks: true }));
    await turns();
    await browser.pass(5 * SECOND, copies);
    await barrier.open();
    await renewed;
    await waiting(() => copies.every((tab) => statusOf(tab) === 'signedIn'), a, ...copies);

    expect(app.emulator.log.calls(REFRESH).map(({ status }) => status)).toEqual([200]);
    for (const copy of copies) expect(await tokensOf(copy)).toEqual(await tokensOf(a));
  });

  it('goes on alone where the tab that it was copied from is gone', async () => {
    const storage = new TabStorage();
    const a = await browser.signIn({ storage, talks: true });
    a.crash();

    const b = browser.open({ storage: storage.copy(), talks: true });
    await waiting(() => statusOf(b) === 'signedIn', b);
    await firstValueFrom(b.session.forceRefresh());

    expect(statusOf(b)).toBe('signedIn');
  });

  it('is no duplicate after a reload: it waits for nobody, and lives alone as before', async () => {
    const storage = new TabStorage();
    leave(await browser.signIn({ storage, talks: true }));

    const b = browser.open({ storage, talks: true });
    await turns();
    expect(statusOf(b)).toBe('signedIn');
    await firstValueFrom(b.session.forceRefresh());
    await turns();

    expect(browser.channels.said.map(({ name }) => name)).toEqual([bellName()]);
    expect(browser.channels.names).toEqual([bellName()]);
    expect(browser.locks.asked).toBe(0);
  });

  it('lives alone when that is said', async () => {
    const storage = new TabStorage();
    const options = { talks: true, config: { enableTabSync: false } } as const;
    await browser.signIn({ ...options, storage });
    const b = await browser.restore({ ...options, storage: storage.copy() });

    expect(statusOf(b)).toBe('signedIn');
    expect(browser.channels.said).toEqual([]);
  });

  it('makes the second copy wait as long as the first, however long the renewal takes', async () => {
    const storage = new TabStorage();
    const a = await browser.signIn({ storage, talks: true });
    const barrier = app.emulator.hold(REFRESH);
    const renewal = firstValueFrom(a.session.forceRefresh());
    await barrier.arrived(1);
    const copies = [storage.copy(), storage.copy()];

    const b = browser.open({ storage: copies[0] ?? storage, talks: true });
    await turns();
    const c = browser.open({ storage: copies[1] ?? storage, talks: true });
    await passing(b, c);
    expect([b, c].map(statusOf)).toEqual(['restoring', 'restoring']);
    await barrier.open();
    await renewal;
    await settled(a, b, c);

    expect([b, c].map(statusOf)).toEqual(['signedIn', 'signedIn']);
  });

  it('shares in spite of a database that fails at that moment, and says no more than that', async () => {
    const database = failingDatabase();
    const storage = new TabStorage();
    const a = await browser.signIn({ storage, talks: true });
    database.fail();
    const b = browser.open({ storage: storage.copy(), talks: true });
    await passing(a, b);
    database.mend();
    await settled(a, b);
    const warnings = [...a.logged, ...b.logged].filter(({ level }) => level !== 'debug');

    expect(await bothRenewed(a, b)).toEqual(['renewed', 'renewed']);
    expect(warnings).toHaveLength(1);
  });

  it('follows a sign-in that comes while the record is being opened', async () => {
    const storage = new TabStorage();
    const a = await browser.signIn({ storage, talks: true });
    const b = browser.open({ storage: storage.copy(), talks: true });
    await Promise.resolve();
    await Promise.resolve();

    const signedIn = firstValueFrom(a.session.setTokens(await app.emulator.signIn('bob')));
    await settled(a, b);
    await signedIn;
    await passing(a, b);

    expect([a, b].map(statusOf)).toEqual(['signedIn', 'signedIn']);
    expect([a, b].map(({ session }) => session.user()?.username)).toEqual(['bob', 'bob']);
  });

  it('is signed out by a sign-out that comes while the record is being opened', async () => {
    const storage = new TabStorage();
    const a = await browser.signIn({ storage, talks: true });
    const b = browser.open({ storage: storage.copy(), talks: true });
    await Promise.resolve();
    await Promise.resolve();

    const signedOut = firstValueFrom(a.session.signOut());
    await settled(a, b);
    await signedOut;
    await passing(a, b);

    expect([a, b].map(statusOf)).toEqual(['signedOut', 'signedOut']);
  });

  it('does not take up what was signed out before it started', async () => {
    const storage = new TabStorage();
    const a = await browser.signIn({ storage, talks: true });
    const storageB = storage.copy();
    await firstValueFrom(a.session.signOut());

    const b = browser.open({ storage: storageB, talks: true });
    await settled(a, b);

    expect(statusOf(b)).toBe('signedOut');
    expect(b.events).toEqual([]);
    expect(storageB.keys().some((key) => key.includes('/') && !key.includes('#'))).toBe(false);
  });

  it('is a session of its own where nobody is signed in', async () => {
    const storage = new TabStorage();
    const a = browser.open({ storage, talks: true });
    await settled(a);
    const b = browser.open({ storage: storage.copy(), talks: true });
    await settled(a, b);

    await firstValueFrom(a.session.setTokens(await app.emulator.signIn('alice')));
    await firstValueFrom(b.session.setTokens(await app.emulator.signIn('bob')));
    await turns(20);

    expect([a, b].map(({ session }) => session.user()?.username)).toEqual(['alice', 'bob']);
    expect(app.emulator.liveRefreshTokens()).toHaveLength(2);
    expect(browser.channels.said).toEqual([]);
  });

  it('is noticed though the app has cleared sessionStorage since', async () => {
    const storage = new TabStorage();
    const a = await browser.signIn({ storage, talks: true });
    await firstValueFrom(a.session.signOut());
    storage.clear();
    await firstValueFrom(a.session.setTokens(await app.emulator.signIn('alice')));

    const b = browser.open({ storage: storage.copy(), talks: true });
    await turns();
    expect(statusOf(b)).toBe('restoring');
    await settled(a, b);

    expect(await bothRenewed(a, b)).toEqual(['renewed', 'renewed']);
  });

  it('is noticed though another copy of the library on the page has gone', async () => {
    const storage = new TabStorage();
    const a = await browser.signIn({ storage, talks: true });
    const neighbour = browser.open({ storage, talks: true });
    await settled(a, neighbour);
    neighbour.destroy();

    const b = browser.open({ storage: storage.copy(), talks: true });
    await settled(a, b);

    expect(await bothRenewed(a, b)).toEqual(['renewed', 'renewed']);
  });
});
