import { TestBed } from '@angular/core/testing';
import { startEmulator, type Emulator } from 'cognito-emulator';
import { firstValueFrom } from 'rxjs';
import { ManualTime } from '../../../testing-support/manual-time';
import { turns } from '../../../testing-support/turns';
import {
  configFor,
  errorOf,
  nextEvent,
  startApp,
  type SessionApp,
} from '../../../testing-support/session-app';
import { withStorage, type SessionConfig, type StorageAdapter } from '../../public-api';
import { CountingStorage, HeldStorage } from '../../../testing-support/counting-storage';
import { RANDOM_SOURCE } from '../platform/random';
import { SessionStore } from '../state/session-store';

const REFRESH = 'GetTokensFromRefreshToken';
const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;

/** A storage that for a while cannot be read. */
class UnreadableStorage extends CountingStorage {
  isBroken = false;

  override getItem(key: string): string | null {
    if (this.isBroken) throw new DOMException('denied', 'SecurityError');
    return super.getItem(key);
  }
}

describe('the refresh timer', () => {
  let emulator: Emulator;
  let time: ManualTime;

  /** Cognito's clock goes on when the device's clock is set. */
  let cognitoAheadMs = 0;
  const setDeviceClock = (byMs: number) => {
    time.setWall(byMs);
    cognitoAheadMs -= byMs;
  };

  beforeEach(async () => {
    time = new ManualTime();
    cognitoAheadMs = 0;
    emulator = await startEmulator({ clock: { now: () => time.now() + cognitoAheadMs } });
    emulator.configure({ rotation: true, graceSeconds: 0 });
  });

  afterEach(() => emulator.close());

  let ids = 0;

  /** Jitter is off unless a test asks for it. */
  async function signedIn(
    config: Partial<SessionConfig> = {},
    random = 0,
    storage: StorageAdapter = new CountingStorage(),
  ): Promise<SessionApp> {
    const app = startApp({
      config: configFor(emulator, config),
      time,
      features: [withStorage(storage)],
      providers: [
        { provide: RANDOM_SOURCE, useValue: { number: () => random, id: () => `id-${String(ids++)}` } },
      ],
    });
    await firstValueFrom(app.session.setTokens(await emulator.signIn('alice')));
    return app;
  }

  /** A renewal that meets a network that is down, at its time. */
  async function failsToRenew({ session, time: clock }: SessionApp): Promise<void> {
    emulator.faults.add(REFRESH, { kind: 'resetBeforeProcessing' });
    const failed = nextEvent(session, 'error');
    clock.advance(HOUR - 60 * SECOND);
    await failed;
  }

  /** Whether a renewal is under way after so much time. */
  async function renewsAfter({ session, time: clock }: SessionApp, ms: number): Promise<boolean> {
    clock.advance(ms);
    const state = session.state();
    const isRefreshing = state.status === 'signedIn' && state.refreshing;
    if (isRefreshing) await nextEvent(session, 'tokenRefreshed');
    return isRefreshing;
  }

  it.each([
    ['60 s before the expiry', {}, 0, HOUR - 60 * SECOND],
    ['earlier by the jitter', {}, 0.5, HOUR - 63 * SECOND],
    ['by the configured buffer', { refreshBufferSeconds: 300 }, 0, HOUR - 300 * SECOND],
    [
      'at the expiry with no buffer, before the token is handed out dead',
      { refreshBufferSeconds: 1 },
      0,
      HOUR - SECOND,
    ],
    ['not earlier than a quarter of the lifetime', { refreshBufferSeconds: 3500 }, 0, HOUR - HOUR / 4],
  ])('renews %s, not a moment before', async (_, config, random, dueMs) => {
    const app = await signedIn(config, random);

    expect(await renewsAfter(app, dueMs - 1)).toBe(false);
    expect(await renewsAfter(app, 1)).toBe(true);
    expect(emulator.log.count(REFRESH)).toBe(1);
  });

  it('goes by the earlier expiry of the two tokens', async () => {
    emulator.configure({ idTokenSeconds: 600, accessTokenSeconds: 3600 });
    const app = await signedIn();

    expect(await renewsAfter(app, 539 * SECOND)).toBe(false);
    expect(await renewsAfter(app, SECOND)).toBe(true);
  });

  it('does not loop with five-minute tokens and a large buffer', async () => {
    emulator.configure({ idTokenSeconds: 300, accessTokenSeconds: 300 });
    const app = await signedIn({ refreshBufferSeconds: 600 });

    let renewals = 0;
    for (let second = 0; second < 900; second++) if (await renewsAfter(app, SECOND)) renewals++;

    expect(renewals).toBe(4);
  });

  it('race 43: lives through lifetimes beyond the longest browser timer', async () => {
    emulator.configure({
      idTokenSeconds: 30 * 86_400,
      accessTokenSeconds: 30 * 86_400,
      refreshTokenSeconds: 90 * 86_400,
    });
    const app = await signedIn();

    expect(await renewsAfter(app, 0)).toBe(false);
    expect(await renewsAfter(app, 30 * DAY - 61 * SECOND)).toBe(false);
    expect(await renewsAfter(app, SECOND)).toBe(true);
  });

  it('renews again and again, once per expiry', async () => {
    const app = await signedIn();

    for (let cycle = 0; cycle < 5; cycle++) expect(await renewsAfter(app, HOUR - 60 * SECOND)).toBe(true);

    expect(emulator.log.count(REFRESH)).toBe(5);
    expect(emulator.liveRefreshTokens({ username: 'alice' })).toHaveLength(1);
  });

  it.each(['visible', 'online', 'pageshow', 'resume'] as const)(
    'looks at the clock when the device wakes up (%s)',
    async (signal) => {
      const app = await signedIn();
      time.sleep(2 * HOUR);
      expect(emulator.log.count(REFRESH)).toBe(0);

      const renewed = nextEvent(app.session, 'tokenRefreshed');
      app.wake.next(signal);

      await expect(renewed).resolves.toBeDefined();
    },
  );

  it('race 42: is not fooled by a clock that is set back', async () => {
    const app = await signedIn();

    setDeviceClock(-10 * HOUR);

    expect(await renewsAfter(app, HOUR - 61 * SECOND)).toBe(false);
    expect(await renewsAfter(app, SECOND)).toBe(true);
  });

  it('brings no dead token back to life when the clock is set back after a sleep', async () => {
    const app = await signedIn({ retry: { count: 0 } });
    emulator.faults.add(REFRESH, { kind: 'throttle', times: 9 });
    time.sleep(2 * HOUR);
    app.wake.next('visible');
    await nextEvent(app.session, 'error');

    setDeviceClock(-50 * HOUR);

    expect(await errorOf(app.session.getAccessToken())).toMatchObject({ code: 'throttled' });
    expect(app.session.session()?.isValid()).toBe(false);
  });

  it('heals although the clock was set back during a back-off', async () => {
    const app = await signedIn({ retry: { count: 0 } });
    emulator.faults.add(REFRESH, { kind: 'throttle' });
    const failed = nextEvent(app.session, 'error');
    time.advance(HOUR - 60 * SECOND);
    await failed;

    setDeviceClock(-50 * HOUR);

    expect(await renewsAfter(app, 2 * SECOND)).toBe(true);
  });

  it('waits on, and then renews, when the record still holds a wait that a clock set back has lost here', async () => {
    const app = await signedIn({ retry: { count: 0 } });
    emulator.faults.add(REFRESH, { kind: 'throttle' });
    const failed = nextEvent(app.session, 'error');
    time.advance(HOUR - 60 * SECOND);
    await failed;

    setDeviceClock(-1200);
    app.wake.next('visible');

    expect(await renewsAfter(app, 3 * SECOND)).toBe(true);
  });

  it('race 42: renews once, not in a loop, when the clock is set forward', async () => {
    const app = await signedIn();
    setDeviceClock(HOUR);
    app.wake.next('visible');
    await nextEvent(app.session, 'tokenRefreshed');

    expect(await renewsAfter(app, HOUR - 61 * SECOND)).toBe(false);
    expect(emulator.log.count(REFRESH)).toBe(1);
  });

  it('tries a network failure again almost at once when the device comes online', async () => {
    const app = await signedIn({}, 0.5);
    await failsToRenew(app);

    app.wake.next('online');
    expect(await renewsAfter(app, 249)).toBe(false);
    expect(await renewsAfter(app, 1)).toBe(true);
  });

  it('does so although the device came online before that failure was known', async () => {
    const app = await signedIn({}, 0.5);
    const barrier = emulator.hold(REFRESH);
    const failing = failsToRenew(app);
    await barrier.arrived(1);

    app.wake.next('online');
    await barrier.open();
    await failing;
    await turns();

    expect(await renewsAfter(app, 249)).toBe(false);
    expect(await renewsAfter(app, 1)).toBe(true);
  });

  it.each([
    ['cannot be read any more', true],
    ['knows nothing of the failure', false],
  ])('does so although the storage %s', async (_, isBroken) => {
    const storage = new UnreadableStorage();
    const app = await signedIn({}, 0.5, storage);
    const breaking = app.session.state$.subscribe((state) => {
      storage.isBroken = state.status === 'signedIn' && state.refreshing;
    });
    await failsToRenew(app);
    breaking.unsubscribe();

    storage.isBroken = isBroken;
    app.wake.next('online');
    storage.isBroken = false;

    expect(await renewsAfter(app, 249)).toBe(false);
    expect(await renewsAfter(app, 1)).toBe(true);
  });

  it('does so although no user was signed in when the device came online before', async () => {
    const app = await signedIn({}, 0.5);
    await firstValueFrom(app.session.signOut());
    app.wake.next('online');
    await firstValueFrom(app.session.setTokens(await emulator.signIn('alice')));
    await failsToRenew(app);

    app.wake.next('online');

    expect(await renewsAfter(app, 250)).toBe(true);
  });

  it('does so although the user signed out while the storage was being asked before', async () => {
    const storage = new HeldStorage();
    const app = await signedIn({}, 0, storage);
    await failsToRenew(app);
    storage.hold();
    app.wake.next('online');
    const signedOut = firstValueFrom(app.session.signOut());
    expect(app.session.isSignedIn()).toBe(false);
    storage.release();
    await signedOut;
    await turns();
    await firstValueFrom(app.session.setTokens(await emulator.signIn('alice')));
    await failsToRenew(app);

    const statesThen = app.states.length;
    app.wake.next('online');
    await turns();
    time.advance(1);
    await turns();

    expect(app.states.slice(statesThen)).toContainEqual(expect.objectContaining({ refreshing: true }));
  });

  it('leaves the state alone when the device comes online and there is nothing to hurry', async () => {
    const app = await signedIn();
    emulator.faults.add(REFRESH, { kind: 'throttle' });
    const failed = nextEvent(app.session, 'error');
    time.advance(HOUR - 60 * SECOND);
    await failed;
    const stateThen = TestBed.inject(SessionStore).state;

    app.wake.next('online');

    expect(TestBed.inject(SessionStore).state).toBe(stateThen);
  });

  it('does not hurry a throttled renewal when the device comes online', async () => {
    const app = await signedIn();
    emulator.faults.add(REFRESH, { kind: 'throttle' });
    const failed = nextEvent(app.session, 'error');
    time.advance(HOUR - 60 * SECOND);
    await failed;

    app.wake.next('online');
    expect(await renewsAfter(app, 4999)).toBe(false);
    expect(await renewsAfter(app, 1)).toBe(true);
  });

  it('ends a session without a refresh token when its tokens run out', async () => {
    const app = await signedIn();
    const { AccessToken: accessToken } = await emulator.signIn('alice');
    await firstValueFrom(app.session.signOut());
    await firstValueFrom(app.session.setTokens({ AccessToken: accessToken }));

    time.advance(HOUR - 1001);
    expect(app.session.isSignedIn()).toBe(true);
    time.advance(1001);

    expect(app.session.state()).toEqual({ status: 'signedOut', reason: 'tokensExpired' });
    expect(app.events.at(-1)).toEqual({
      type: 'sessionExpired',
      origin: 'thisTab',
      reason: 'tokensExpired',
      final: true,
    });
    expect(emulator.log.count(REFRESH)).toBe(0);
  });

  it('ends such a session once, although the storage cannot be read', async () => {
    const storage = new UnreadableStorage();
    const app = await signedIn({}, 0, storage);
    const { AccessToken: accessToken } = await emulator.signIn('alice');
    await firstValueFrom(app.session.signOut());
    await firstValueFrom(app.session.setTokens({ AccessToken: accessToken }));
    storage.isBroken = true;

    time.advance(HOUR);

    expect(app.session.state()).toEqual({ status: 'signedOut', reason: 'tokensExpired' });
    expect(app.events.filter(({ type }) => type === 'sessionExpired')).toHaveLength(1);
  });

  it('tells five minutes ahead that the session ends, once, and renews on until Cognito says no', async () => {
    emulator.configure({ refreshTokenSeconds: 86_400 });
    const app = await signedIn({ refreshTokenValidityDays: 1 });
    expect(app.states.at(-1)).toMatchObject({ session: { endsAt: new Date(time.now() + DAY) } });

    for (let minute = 0; minute < 24 * 60 - 6; minute++) await renewsAfter(app, 60 * SECOND);
    expect(app.events.map(({ type }) => type)).not.toContain('sessionEnding');
    time.advance(60 * SECOND);
    expect(app.events.at(-1)).toMatchObject({
      type: 'sessionEnding',
      endsAt: { getTime: expect.any(Function) as unknown },
    });
    for (let minute = 0; minute < 4; minute++) await renewsAfter(app, 60 * SECOND);

    expect(app.events.filter(({ type }) => type === 'sessionEnding')).toHaveLength(1);
    time.advance(2 * 60 * SECOND);
    app.session.forceRefresh();
    const ended = await nextEvent(app.session, 'sessionExpired');
    expect(ended).toMatchObject({ reason: 'sessionEnded', final: true });
  });

  it('leaves no timer behind when the app is destroyed', async () => {
    await signedIn();
    expect(time.armedTimers).toBeGreaterThan(0);

    TestBed.resetTestingModule();

    expect(time.armedTimers).toBe(0);
  });
});
