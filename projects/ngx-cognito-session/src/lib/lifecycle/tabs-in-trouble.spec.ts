import { firstValueFrom } from 'rxjs';
import { emulatedApp, REFRESH, SECOND } from '../../../testing-support/emulated-app';
import { FailingStorage } from '../../../testing-support/failing-writes';
import { errorOf } from '../../../testing-support/session-app';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { turns } from '../../../testing-support/turns';
import { liveRecord, recordOf } from '../core/session-record';
import type { KnownAdapter } from '../storage/known-adapter';
import { EndedSessions } from './ended-sessions';
import { channelName } from './hints';

const app = emulatedApp();
const browser = emulatedBrowser(app);
const TALKS = { talks: true } as const;
const say = (hint: object) => browser.channels.inject(channelName(app.emulator.clientId), { v: 1, ...hint });

/** A `localStorage` that can be full: the record is beside it. */
class FullLocalStorage extends FailingStorage implements KnownAdapter {
  readonly ɵisLocalStorage = true;

  constructor() {
    super(true);
  }
}

function statusOf({ session }: BrowserTab): string {
  const state = session.state();
  return state.status === 'signedOut' ? `${state.status}: ${state.reason}` : state.status;
}

/** One tab renews, the other one wants to while Cognito takes its time. */
async function expectOneCall(a: BrowserTab, b: BrowserTab): Promise<void> {
  const barrier = app.emulator.hold(REFRESH);
  const first = firstValueFrom(a.session.forceRefresh());
  await barrier.arrived(1);
  b.session.forceRefresh().subscribe({ error: () => undefined });
  await turns(50);
  await barrier.open();
  await first.catch(() => undefined);
  await turns(50);
  expect(app.emulator.log.count(REFRESH)).toBe(1);
  expect([a, b].map(statusOf)).toEqual(['signedIn', 'signedIn']);
}

describe('tabs that talk, in trouble', () => {
  it('a forged "changed" causes no call to Cognito', async () => {
    const a = await browser.signIn(TALKS);
    for (let count = 0; count < 5; count++) {
      say({ type: 'changed' });
      await turns(20);
    }
    expect(app.emulator.log.count(REFRESH)).toBe(0);
    expect(statusOf(a)).toBe('signedIn');
  });

  it('tabs learn of a refresh whose copy the full localStorage refused: the record has it', async () => {
    const storage = new FullLocalStorage();
    const a = await browser.signIn({ storage, talks: true });
    const b = await browser.restore({ storage, talks: true });
    storage.fail();
    await firstValueFrom(a.session.forceRefresh());
    await turns(30);
    expect((await browser.record()).gen).toBe(2);
    expect(b.events.at(-1)).toMatchObject({ type: 'tokenRefreshed', origin: 'otherTab' });
  });

  it('tabs learn of a user switch although localStorage is full', async () => {
    const storage = new FullLocalStorage();
    const a = await browser.signIn({ storage, talks: true });
    const b = await browser.restore({ storage, talks: true });
    storage.fail();
    await firstValueFrom(a.session.setTokens(await app.emulator.signIn('bob')));
    await turns(30);
    expect(b.session.user()).toEqual(a.session.user());
  });

  it('no lock is held once a refresh is stored in the record, though its copy is not', async () => {
    const storage = new FullLocalStorage();
    const a = await browser.signIn({ storage, talks: true });
    storage.fail();
    await firstValueFrom(a.session.forceRefresh());
    await turns(30);
    const hint = browser.channels.said.length;
    expect(hint).toBeGreaterThan(0);
    expect(browser.locks.names).toEqual([]);
  });

  it('a session that ended while a sign-in of this tab was pending is not taken up when that fails', async () => {
    const b = await browser.restore(TALKS);
    const barrier = app.emulator.hold(REFRESH);
    const failing = errorOf(b.session.setTokens({ refreshToken: 'not-a-good-one' }));
    await barrier.arrived(1);
    const a = await browser.signIn(TALKS);
    await turns(20);
    await firstValueFrom(a.session.signOut());
    await turns(20);
    await barrier.open();
    await failing;
    await turns(10);
    expect(statusOf(b)).toMatch(/^signedOut/);
    expect(b.events.map(({ type }) => type)).toEqual(['signedIn', 'signedOut', 'error']);
  });

  it('a tab with dead tokens and no refresh token does not end the newer generation of another tab on waking up', async () => {
    const a = browser.open(TALKS);
    const first = await app.emulator.signIn('alice');
    const strip = ({ AccessToken, IdToken }: { AccessToken: string; IdToken: string }) => ({
      accessToken: AccessToken,
      idToken: IdToken,
    });
    await firstValueFrom(a.session.setTokens(strip(first as never) as never));
    const b = await browser.restore(TALKS);
    expect(statusOf(b)).toBe('signedIn');
    // b is frozen
    browser.channels.deafen(b.name);
    b.sleep.next('freeze');
    await browser.pass(1800 * SECOND, [a]);
    const second = await app.emulator.signIn('alice');
    await firstValueFrom(a.session.setTokens(strip(second as never) as never));
    expect((await browser.record()).gen).toBe(2);
    await browser.pass(2400 * SECOND, [a]);
    expect(statusOf(a)).toBe('signedIn');
    browser.channels.hear(b.name);
    b.time.sleep(4200 * SECOND);
    b.wake.next('resume');
    await turns(30);
    expect([a, b].map(statusOf)).toEqual(['signedIn', 'signedIn']);
    expect((await browser.record()).sid).not.toBeNull();
  });

  it('IndexedDB with enableTabSync: false: an attempt of another tab does not count as dead although it has no lock', async () => {
    const options = { config: { enableTabSync: false } } as const;
    const a = await browser.signIn(options);
    const b = await browser.restore(options);
    await expectOneCall(a, b);
  });

  it('a tab that waits without a caller reports no timeout', async () => {
    const a = await browser.signIn(TALKS);
    const b = await browser.restore(TALKS);
    const barrier = app.emulator.hold(REFRESH);
    a.session.forceRefresh().subscribe({ error: () => undefined });
    await barrier.arrived(1);
    await browser.pass(18 * SECOND);
    await barrier.open();
    await turns(30);
    expect(b.events.filter(({ type }) => type === 'error')).toEqual([]);
  });
});

describe('sign-outs that any script of the origin can send', () => {
  const tokens = { accessToken: 'a', expiresAt: 0, clockDrift: 0 };
  const isEnded = (sessions: EndedSessions, sid: string) =>
    liveRecord(sessions.honour(recordOf({ sid, gen: 1, since: 0, tokens }))) === null;

  it('do not fill the memory', () => {
    const sessions = new EndedSessions();
    const sids = Array.from({ length: 20_000 }, (_, index) => `made-up-${String(index)}`);

    for (const sid of sids) sessions.add(sid);

    expect(sids.filter((sid) => isEnded(sessions, sid)).length).toBeLessThan(10_000);
  });

  it('are all kept if they are as many as a tab can have missed', () => {
    const sessions = new EndedSessions();
    const sids = Array.from({ length: 64 }, (_, index) => `session-${String(index)}`);

    for (const sid of sids) sessions.add(sid);

    expect(sids.filter((sid) => !isEnded(sessions, sid))).toEqual([]);
  });
});

describe('tabs that talk, without trouble', () => {
  it('tabs learn of a refresh, and no lock remains', async () => {
    const storage = new FullLocalStorage();
    const a = await browser.signIn({ storage, talks: true });
    const b = await browser.restore({ storage, talks: true });
    await firstValueFrom(a.session.forceRefresh());
    await turns(30);
    expect(b.events.at(-1)).toMatchObject({ type: 'tokenRefreshed', origin: 'otherTab' });
    expect(browser.locks.names).toEqual([]);
  });

  it('tabs learn of a user switch', async () => {
    const storage = new FullLocalStorage();
    const a = await browser.signIn({ storage, talks: true });
    const b = await browser.restore({ storage, talks: true });
    await firstValueFrom(a.session.setTokens(await app.emulator.signIn('bob')));
    await turns(30);
    expect(b.session.user()).toEqual(a.session.user());
  });

  it('with locks one call is made', async () => {
    const a = await browser.signIn();
    const b = await browser.restore();
    await expectOneCall(a, b);
  });
});
