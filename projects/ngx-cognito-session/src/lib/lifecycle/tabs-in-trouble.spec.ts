import { Injector, NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom } from 'rxjs';
import { emulatedApp, REFRESH, SECOND } from '../../../testing-support/emulated-app';
import { FailingStorage } from '../../../testing-support/failing-writes';
import { errorOf } from '../../../testing-support/session-app';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { turns } from '../../../testing-support/turns';
import { RANDOM_SOURCE } from '../platform/random';
import { SessionStore } from '../state/session-store';
import { storageEventChannel } from '../tabs/tab-channel';
import { DeadSessions } from './dead-sessions';
import { channelName } from './tab-hints';

const app = emulatedApp();
const browser = emulatedBrowser(app);
const TALKS = { talks: true } as const;
const namespace = () => `${app.emulator.region}/${app.emulator.clientId}`;
const say = (hint: object) =>
  browser.channels.inject(channelName(namespace()), { v: 1, ns: namespace(), hint });

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
  it('a made-up "started" makes nobody call Cognito', async () => {
    const a = await browser.signIn(TALKS);
    const { sid } = await browser.record();
    for (let gen = 1; gen <= 5; gen++) {
      say({ type: 'started', sid, gen });
      for (let turn = 0; turn < 300 && (await browser.record()).gen === gen; turn++) await turns(1);
    }
    expect(app.emulator.log.count(REFRESH)).toBe(0);
    expect(statusOf(a)).toBe('signedIn');
  });

  it('tabs hear of a renewal whose value the full localStorage refused: the record has it', async () => {
    const storage = new FailingStorage(true);
    const a = await browser.signIn({ storage, talks: true });
    const b = await browser.restore({ storage, talks: true });
    storage.fail();
    await firstValueFrom(a.session.forceRefresh());
    await turns(30);
    expect((await browser.record()).gen).toBe(2);
    expect(b.events.at(-1)).toMatchObject({ type: 'tokenRefreshed', origin: 'otherTab' });
  });

  it('tabs hear of a user switch although localStorage is full', async () => {
    const storage = new FailingStorage(true);
    const a = await browser.signIn({ storage, talks: true });
    const b = await browser.restore({ storage, talks: true });
    storage.fail();
    await firstValueFrom(a.session.setTokens(await app.emulator.signIn('bob')));
    await turns(30);
    expect(b.session.user()).toEqual(a.session.user());
  });

  it('no lock is held while a renewal is stored in the record and only its value is not', async () => {
    const storage = new FailingStorage(true);
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
    expect(b.events.map(({ type }) => type)).not.toContain('signedIn');
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

  it('IndexedDB with enableTabSync: false: an attempt of another tab is not taken for dead because nobody locks', async () => {
    const options = { config: { enableTabSync: false } } as const;
    const a = await browser.signIn(options);
    const b = await browser.restore(options);
    await expectOneCall(a, b);
  });

  it('a standby does not report a timeout that nobody asked for', async () => {
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

describe('what a script of the origin can do to tabs that talk', () => {
  it('made-up sign-outs do not fill the memory', () => {
    const injector = Injector.create({
      providers: [SessionStore, DeadSessions],
      parent: TestBed.inject(Injector),
    });
    const sessions = injector.get(DeadSessions);
    for (let n = 0; n < 100_000; n++) sessions.add(`made-up-${n}`.padEnd(128, 'x'));
    let kept = 0;
    for (let n = 0; n < 100_000; n++) if (sessions.has(`made-up-${n}`.padEnd(128, 'x'))) kept++;
    expect(kept).toBeLessThan(10_000);
  });

  it('sixty-four sign-outs that one tab hears of at once are all kept', () => {
    const injector = Injector.create({
      providers: [SessionStore, DeadSessions],
      parent: TestBed.inject(Injector),
    });
    const sessions = injector.get(DeadSessions);
    const sids = Array.from({ length: 64 }, (_, index) => `session-${String(index)}`);

    for (const sid of sids) sessions.add(sid);

    expect(sids.filter((sid) => !sessions.has(sid))).toEqual([]);
  });

  it('over localStorage: a malformed event of the window is ignored and throws nothing', () => {
    const zone = TestBed.inject(NgZone);
    const channel = storageEventChannel('some-channel', window, zone, TestBed.inject(RANDOM_SOURCE));
    const heard: unknown[] = [];
    const errors: unknown[] = [];
    const onError = (event: ErrorEvent) => {
      event.preventDefault();
      errors.push(event.error);
    };
    window.addEventListener('error', onError);
    const listening = channel?.messages$.subscribe((message) => heard.push(message));
    window.dispatchEvent(new Event('some-channel'));
    window.dispatchEvent(new CustomEvent('some-channel'));
    listening?.unsubscribe();
    window.removeEventListener('error', onError);
    expect(errors).toEqual([]);
  });

  it('over localStorage: post throws nothing where structuredClone is missing, like BroadcastChannel (Safari before 15.4)', () => {
    const clone = globalThis.structuredClone;
    Reflect.deleteProperty(globalThis, 'structuredClone');
    try {
      const channel = storageEventChannel(
        'some-channel',
        window,
        TestBed.inject(NgZone),
        TestBed.inject(RANDOM_SOURCE),
      );
      expect(() => channel?.post({})).not.toThrow();
    } finally {
      globalThis.structuredClone = clone;
    }
  });
});

describe('tabs that talk, without trouble', () => {
  it('of a renewal whose value is stored tabs hear, and no lock stays', async () => {
    const storage = new FailingStorage(true);
    const a = await browser.signIn({ storage, talks: true });
    const b = await browser.restore({ storage, talks: true });
    await firstValueFrom(a.session.forceRefresh());
    await turns(30);
    expect(b.events.at(-1)).toMatchObject({ type: 'tokenRefreshed', origin: 'otherTab' });
    expect(browser.locks.names).toEqual([]);
  });

  it('and of a user switch', async () => {
    const storage = new FailingStorage(true);
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
