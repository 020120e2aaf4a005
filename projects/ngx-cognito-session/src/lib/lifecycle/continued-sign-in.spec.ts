import { firstValueFrom } from 'rxjs';
import { CountingStorage, HeldStorage } from '../../../testing-support/counting-storage';
import { emulatedApp, SECOND } from '../../../testing-support/emulated-app';
import { failingDatabase } from '../../../testing-support/failing-writes';
import { statusOf, TALKS, told } from '../../../testing-support/race-tabs';
import { renewByHand } from '../../../testing-support/renew-by-hand';
import { errorOf } from '../../../testing-support/session-app';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';

const app = emulatedApp();
const browser = emulatedBrowser(app);
const database = failingDatabase();

beforeEach(() => {
  app.emulator.configure({ rotation: false });
});

afterEach(() => {
  database.mend();
});

/** Newer tokens of the session held, as the app gets them by a renewal of its own. */
async function newerTokens({ session }: BrowserTab) {
  app.time.advance(SECOND);
  return renewByHand(app.emulator, (await firstValueFrom(session.getTokens()))?.refreshToken ?? '');
}

function renewalsSaid(): number {
  return browser.channels.said.filter(({ message }) => JSON.stringify(message).includes('renewed')).length;
}

describe('newer tokens of the session held, handed over by the app', () => {
  it('reach the other tabs, as a renewal', async () => {
    const a = await browser.signIn(TALKS);
    const b = await browser.restore(TALKS);

    await firstValueFrom(a.session.setTokens(await newerTokens(a)));
    await until(() => told(b, 'tokenRefreshed').length > 0);

    expect([told(a, 'tokenRefreshed'), told(b, 'tokenRefreshed')]).toEqual([['thisTab'], ['otherTab']]);
    expect(await firstValueFrom(b.session.getTokens())).toEqual(await firstValueFrom(a.session.getTokens()));
  });

  it('that cannot be stored are used here, reported, stored later and announced only then', async () => {
    const tab = await browser.signIn(TALKS);
    const newer = await newerTokens(tab);
    database.fail();

    await firstValueFrom(tab.session.setTokens(newer));
    expect(await firstValueFrom(tab.session.getTokens())).toMatchObject({ accessToken: newer.AccessToken });
    expect([told(tab, 'error'), renewalsSaid()]).toEqual([['thisTab'], 0]);

    database.mend();
    await browser.pass(10 * SECOND);
    expect((await browser.record()).gen).toBe(2);
  });

  it('come too late if another tab has renewed: its tokens are taken over', async () => {
    const a = await browser.signIn();
    const b = await browser.restore();
    const newer = await newerTokens(a);
    app.time.advance(SECOND);
    await firstValueFrom(b.session.forceRefresh());

    await firstValueFrom(a.session.setTokens(newer));

    expect(await firstValueFrom(a.session.getTokens())).toEqual(await firstValueFrom(b.session.getTokens()));
    expect(told(a, 'tokenRefreshed')).toEqual(['otherTab']);
  });

  it('bring nothing back that another tab has signed out', async () => {
    const a = await browser.signIn();
    const b = await browser.restore();
    const newer = await newerTokens(a);
    await firstValueFrom(b.session.signOut({ revoke: false }));

    expect(await errorOf(a.session.setTokens(newer))).toMatchObject({ code: 'signedOutElsewhere' });

    expect(statusOf(a)).toBe('signedOut: signedOutElsewhere');
    expect(await browser.record()).toMatchObject({ sid: null });
  });

  it('give way to a sign-out while they are being stored, and leave nothing behind', async () => {
    const storage = new HeldStorage();
    const tab = await browser.signIn({ storage });
    const newer = await newerTokens(tab);
    storage.hold();
    const outcome = errorOf(tab.session.setTokens(newer));
    const signedOut = firstValueFrom(tab.session.signOut({ revoke: false }));

    storage.release();
    await signedOut;

    expect(await outcome).toMatchObject({ code: 'superseded' });
    await turns();
    expect([statusOf(tab), storage.inner.content]).toEqual(['signedOut: signedOut', '']);
  });
});

class SharedStorage extends HeldStorage {
  override readonly shared = true;
}

describe('a sign-in that another command has overtaken while it was being stored', () => {
  it('leaves the session held where the next page finds it', async () => {
    const inner = new CountingStorage();
    const storage = new SharedStorage(inner);
    const tab = await browser.signIn({ storage });
    storage.hold();
    const overtaken = errorOf(tab.session.setTokens(await app.emulator.signIn('bob')));
    await until(() => storage.waitingCalls > 0);
    const failing = errorOf(tab.session.setTokens({ refreshToken: 'nonsense' }));

    storage.release();
    expect(await overtaken).toMatchObject({
      code: 'superseded',
      message: 'A later command replaced this sign-in.',
    });
    await failing;
    await turns(10);

    expect(tab.session.user()?.username).toBe('alice');
    const next = await browser.restore({ storage: new SharedStorage(inner) });
    expect(next.session.user()?.username).toBe('alice');
  });

  it('is told so although the storage does not give up its tokens', async () => {
    const storage = new HeldStorage();
    const tab = browser.open({ storage });
    const tokens = await app.emulator.signIn('alice');
    storage.hold();
    const outcome = errorOf(tab.session.setTokens(tokens));
    const signedOut = firstValueFrom(tab.session.signOut({ revoke: false }));
    storage.inner.removeItem = () => {
      throw new Error('access denied');
    };

    storage.release();
    await signedOut;

    expect(await outcome).toMatchObject({ code: 'superseded' });
  });
});
