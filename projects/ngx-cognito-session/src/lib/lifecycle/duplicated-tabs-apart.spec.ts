import { firstValueFrom } from 'rxjs';
import {
  bothRenewed,
  duplicated,
  leave,
  passing,
  renewed,
  settled,
  statusOf,
  TabStorage,
  tokensOf,
} from '../../../testing-support/duplicated-tabs';
import { emulatedApp, REFRESH } from '../../../testing-support/emulated-app';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { turns } from '../../../testing-support/turns';

const app = emulatedApp();
const browser = emulatedBrowser(app);

/** What was rung before is lost: `a` hears only what `b` rings when it comes back. */
async function findEachOther(a: BrowserTab, b: BrowserTab): Promise<void> {
  browser.channels.hear(a.name);
  b.wake.next('pageshow');
  await passing(a, b);
}

async function notHeard() {
  const storage = new TabStorage();
  const a = await browser.signIn({ storage, talks: true });
  const storageB = storage.copy();
  return {
    a,
    storage,
    open: async () => {
      browser.channels.deafen(a.name);
      const b = browser.open({ storage: storageB, talks: true });
      await settled(b);
      return b;
    },
  };
}

describe('duplicated tabs one of which was away', () => {
  it('share one session after a reload of either', async () => {
    const { a, b, storageA, storageB } = await duplicated(browser);
    leave(a);
    const again = browser.open({ storage: storageA, talks: true });
    await settled(again, b);
    expect(await bothRenewed(again, b)).toEqual(['renewed', 'renewed']);

    leave(b);
    const too = browser.open({ storage: storageB, talks: true });
    await settled(again, too);
    expect(await bothRenewed(too, again)).toEqual(['renewed', 'renewed']);

    expect(app.emulator.log.calls(REFRESH).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  it('are both signed out', async () => {
    const { a, b, storageA } = await duplicated(browser);
    leave(a);
    await firstValueFrom(b.session.signOut());

    const again = browser.open({ storage: storageA, talks: true });
    await settled(again, b);

    expect(statusOf(again)).toBe('signedOut');
    expect(again.events).toEqual([]);
  });

  it('find each other when a page that was copied while another one was shown comes back', async () => {
    const storage = new TabStorage();
    leave(await browser.signIn({ storage, talks: true }));
    const copy = storage.copy();
    const a = browser.open({ storage, talks: true });
    const b = browser.open({ storage: copy, talks: true });
    await settled(a, b);

    expect(await bothRenewed(a, b)).toEqual(['renewed', 'renewed']);
  });

  it('find each other when the page comes back from the back-forward cache', async () => {
    const storage = new TabStorage();
    const a = await browser.signIn({ storage, talks: true });
    a.sleep.next('pagehide');
    browser.channels.deafen(a.name);
    const b = browser.open({ storage: storage.copy(), talks: true });
    await settled(b);

    browser.channels.hear(a.name);
    a.wake.next('pageshow');
    await passing(a, b);

    expect(await bothRenewed(a, b)).toEqual(['renewed', 'renewed']);
  });

  it('do not send the same tokens while they are finding each other', async () => {
    const storage = new TabStorage();
    leave(await browser.signIn({ storage, talks: true }));
    const copy = storage.copy();
    const a = browser.open({ storage, talks: true });
    const b = browser.open({ storage: copy, talks: true });
    await turns(1);

    const outcomes = await Promise.all([renewed(a, b), renewed(b, a)]);

    expect(outcomes).toEqual(['renewed', 'renewed']);
    expect(app.emulator.log.calls(REFRESH).every(({ status }) => status === 200)).toBe(true);
  });

  it('keep the newer tokens of the tab that was copied', async () => {
    const { a, storage, open } = await notHeard();
    await firstValueFrom(a.session.forceRefresh());
    const b = await open();

    await findEachOther(a, b);

    const held = await tokensOf(a);
    expect(await tokensOf(b)).toEqual(held);
    expect(storage.keys().some((key) => storage.getItem(key)?.includes(held?.refreshToken ?? '?'))).toBe(
      true,
    );
    expect(await bothRenewed(b, a)).toEqual(['renewed', 'renewed']);
  });

  it('keep the newer tokens of the copy', async () => {
    const { a, open } = await notHeard();
    const b = await open();
    await firstValueFrom(b.session.forceRefresh());
    const held = await tokensOf(b);

    await findEachOther(a, b);

    expect(await tokensOf(a)).toEqual(held);
    expect(await bothRenewed(a, b)).toEqual(['renewed', 'renewed']);
  });

  it('are both signed out though the copy has heard of it late', async () => {
    const { a, open } = await notHeard();
    await firstValueFrom(a.session.signOut({ revoke: false }));
    const b = await open();
    expect(statusOf(b)).toBe('signedIn');

    await findEachOther(a, b);

    expect(b.session.state()).toEqual({ status: 'signedOut', reason: 'signedOutElsewhere' });
  });

  it('go on with the tokens they hold where the newer ones are gone', async () => {
    app.emulator.configure({ rotation: false });
    const { a, b, storageB } = await duplicated(browser);
    // Discarded by the browser, without a word.
    b.crash();
    await firstValueFrom(a.session.forceRefresh());
    leave(a);

    const again = browser.open({ storage: storageB, talks: true });
    await settled(again);

    expect(statusOf(again)).toBe('signedIn');
  });

  it('stay signed in when one of them is duplicated once more after a reload', async () => {
    const { a, b, storageA } = await duplicated(browser);
    leave(b);
    leave(a);
    const again = browser.open({ storage: storageA, talks: true });
    await settled(again);
    expect(await renewed(again)).toBe('renewed');

    const c = browser.open({ storage: storageA.copy(), talks: true });
    await settled(again, c);
    again.sleep.next('hidden');
    again.wake.next('visible');
    await passing(again, c);

    expect([again, c].map(statusOf)).toEqual(['signedIn', 'signedIn']);
    expect(await tokensOf(c)).toEqual(await tokensOf(again));
  });

  it('share what is signed in after a sign-out, too', async () => {
    const { a, b, storageA } = await duplicated(browser);
    await firstValueFrom(a.session.signOut());
    await turns(10);
    leave(b);
    leave(a);
    const again = browser.open({ storage: storageA, talks: true });
    await settled(again);
    await firstValueFrom(again.session.setTokens(await app.emulator.signIn('bob')));

    const c = browser.open({ storage: storageA.copy(), talks: true });
    await settled(again, c);
    again.sleep.next('hidden');
    again.wake.next('visible');
    await passing(again, c);

    expect([again, c].map(({ session }) => session.user()?.username)).toEqual(['bob', 'bob']);
  });

  it('are signed out by a tab that had lived alone', async () => {
    const { a, b, storageA } = await duplicated(browser);
    const [sid = ''] = storageA.keys().flatMap((key) => /\/([0-9a-f]{32})$/.exec(key)?.slice(1) ?? []);
    const [bell = ''] = browser.channels.names.filter((name) => name.endsWith('/bell'));

    browser.channels.inject(bell, { v: 1, type: 'over', sid });
    await passing(a, b);

    expect([a, b].map(({ session }) => session.state())).toEqual([
      { status: 'signedOut', reason: 'signedOutElsewhere' },
      { status: 'signedOut', reason: 'signedOutElsewhere' },
    ]);
  });

  it('do not end what one of them alone was refused', async () => {
    const { a, open } = await notHeard();
    const b = await open();
    expect(await renewed(b)).toBe('renewed');
    expect(await renewed(a)).toBe('rotationLost');
    expect(statusOf(a)).toBe('signedOut');

    await findEachOther(a, b);

    expect(statusOf(b)).toBe('signedIn');
  });

  it('bring a tab that lives alone into the record that they share', async () => {
    const { a, b, storageA } = await duplicated(browser);
    leave(b);
    // Its record is named after the session before.
    await firstValueFrom(a.session.setTokens(await app.emulator.signIn('bob')));
    const lone = new TabStorage();
    for (const key of storageA.keys())
      if (!key.endsWith('#tab')) lone.setItem(key, storageA.getItem(key) ?? '');
    browser.channels.deafen(a.name);
    const c = browser.open({ storage: lone, talks: true });
    await settled(c);
    leave(a);

    const again = browser.open({ storage: storageA, talks: true });
    await settled(again, c);

    expect(await bothRenewed(again, c)).toEqual(['renewed', 'renewed']);
  });
});
