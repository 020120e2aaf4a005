import { firstValueFrom } from 'rxjs';
import { emulatedApp, REFRESH, SECOND } from '../../../testing-support/emulated-app';
import { nextEvent } from '../../../testing-support/session-app';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';
import { IndexedDbItems } from '../storage/indexed-db-items';
import { MemoryStorage } from '../storage/memory-storage';

const app = emulatedApp();
const browser = emulatedBrowser(app);

/** As sessionStorage: each tab has its own, and a duplicated tab starts with a copy. */
class TabStorage extends MemoryStorage {
  readonly isCopiedWithTab = true;

  copy(): TabStorage {
    const copy = new TabStorage();
    for (const key of this.keys()) copy.setItem(key, this.getItem(key) ?? '');
    return copy;
  }
}

async function tokensOf({ session }: BrowserTab) {
  return firstValueFrom(session.getTokens());
}

function statusOf({ session }: BrowserTab): string {
  return session.state().status;
}

/** Time passes for all tabs until it is so. */
function waiting(isMet: () => boolean, ...tabs: readonly BrowserTab[]): Promise<void> {
  return until(() => {
    if (isMet()) return true;
    for (const { time } of tabs) time.advance(10);
    return false;
  });
}

async function duplicated(): Promise<readonly [BrowserTab, BrowserTab]> {
  const storage = new TabStorage();
  const a = await browser.signIn({ storage, talks: true });
  const b = browser.open({ storage: storage.copy(), talks: true });
  await waiting(() => statusOf(b) === 'signedIn', a, b);
  return [a, b];
}

describe('race 36: a tab that is duplicated with its sessionStorage', () => {
  it('lives alone before: no record, no lock, no channel but the one it can be rung by', async () => {
    const a = await browser.signIn({ storage: new TabStorage(), talks: true });
    await firstValueFrom(a.session.forceRefresh());

    expect(browser.locks.asked).toBe(0);
    expect(browser.channels.said).toEqual([]);
    expect(browser.channels.names).toEqual([
      `cognito-session:${app.emulator.region}/${app.emulator.clientId}/bell`,
    ]);
    expect(await new IndexedDbItems('cognito-session').keys()).toEqual([]);
  });

  it('has the same session in both, and makes one call for both', async () => {
    const [a, b] = await duplicated();
    expect(await tokensOf(b)).toEqual(await tokensOf(a));

    const renewals = [a, b].map(({ session }) => firstValueFrom(session.forceRefresh()));
    await Promise.all(renewals);
    await until(() => [a, b].every(({ events }) => events.at(-1)?.type === 'tokenRefreshed'));

    expect(app.emulator.log.count(REFRESH)).toBe(1);
    expect(await tokensOf(b)).toEqual(await tokensOf(a));
  });

  it('takes over what the other one renews, time after time', async () => {
    const [a, b] = await duplicated();

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
    const [a, b] = await duplicated();

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

  it('is no duplicate after a reload', async () => {
    const storage = new TabStorage();
    const a = await browser.signIn({ storage, talks: true });
    a.sleep.next('pagehide');
    a.crash();

    const b = await browser.restore({ storage, talks: true });
    await firstValueFrom(b.session.forceRefresh());
    await turns();

    expect(browser.channels.said).toEqual([]);
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
});
