import { TestBed } from '@angular/core/testing';
import { startEmulator, type Emulator } from 'cognito-emulator';
import { firstValueFrom, forkJoin } from 'rxjs';
import { CountingStorage, HeldStorage } from '../../../testing-support/counting-storage';
import { ManualTime } from '../../../testing-support/manual-time';
import {
  configFor,
  errorOf,
  nextEvent,
  nextStatus,
  startApp,
  type SessionApp,
} from '../../../testing-support/session-app';
import { renewByHand } from '../../../testing-support/renew-by-hand';
import { withStorage, type Session, type SessionConfig, type StorageAdapter } from '../../public-api';

const REFRESH = 'GetTokensFromRefreshToken';
const MINUTE = 60_000;

describe('renewal', () => {
  let emulator: Emulator;
  let time: ManualTime;

  beforeEach(async () => {
    time = new ManualTime();
    emulator = await startEmulator({
      clock: time,
      pools: [
        {
          id: 'eu-west-1_Emulator1',
          clients: [{ clientId: 'client1', rotation: true, graceSeconds: 0 }],
          users: [
            { username: 'alice', password: 'Correct-horse-1' },
            { username: 'bob', password: 'Correct-horse-2' },
          ],
        },
      ],
    });
  });

  afterEach(() => emulator.close());

  async function signedIn(
    storage: StorageAdapter = new CountingStorage(),
    config: Partial<SessionConfig> = {},
  ): Promise<SessionApp> {
    const app = startApp({ config: configFor(emulator, config), time, features: [withStorage(storage)] });
    await firstValueFrom(app.session.setTokens(await emulator.signIn('alice')));
    return app;
  }

  describe.each([1, 100, 10_000])('with %i callers at once', (callers) => {
    it('race 2: makes one request, one claim, one commit, one session and one event', async () => {
      const storage = new CountingStorage();
      const { session, events } = await signedIn(storage);
      const sessions: (Session | null)[] = [];
      session.session$.subscribe((next) => sessions.push(next));
      const [writesBefore, eventsBefore] = [storage.writes.length, events.length];
      time.setWall(2 * 60 * MINUTE);

      const tokens = await firstValueFrom(
        forkJoin(Array.from({ length: callers }, () => session.getAccessToken())),
      );

      expect(new Set(tokens).size).toBe(1);
      expect(emulator.accessTokenStatus(tokens[0] ?? '').isValid).toBe(true);
      expect(emulator.log.count(REFRESH)).toBe(1);
      expect(storage.writes.length - writesBefore).toBe(2);
      expect(sessions).toHaveLength(2);
      expect(events.slice(eventsBefore).map(({ type }) => type)).toEqual(['tokenRefreshed']);
    });
  });

  it('publishes refreshing and then the new session, nothing in between', async () => {
    const { session, states } = await signedIn();
    states.length = 0;

    const renewed = await firstValueFrom(session.forceRefresh());

    expect(states).toMatchObject([
      { status: 'signedIn', refreshing: true },
      { status: 'signedIn', refreshing: false, session: renewed },
    ]);
  });

  it('goes on when a caller leaves', async () => {
    const { session } = await signedIn();
    const barrier = emulator.hold(REFRESH);

    const leaving = session.forceRefresh().subscribe();
    await barrier.arrived(1);
    leaving.unsubscribe();
    const renewed = nextEvent(session, 'tokenRefreshed');
    await barrier.open();

    await expect(renewed).resolves.toMatchObject({ origin: 'thisTab' });
  });

  it('gives a later caller a run of its own', async () => {
    const { session } = await signedIn();

    const first = await firstValueFrom(session.forceRefresh());
    time.advance(1000);
    const second = await firstValueFrom(session.forceRefresh());

    expect(second.issuedAt.getTime()).toBeGreaterThan(first.issuedAt.getTime());
    expect(emulator.log.count(REFRESH)).toBe(2);
  });

  it('does not hand a failure to a later caller once the wait is over', async () => {
    const { session } = await signedIn();
    emulator.faults.add(REFRESH, { kind: 'error', type: 'InternalErrorException' });

    await expect(firstValueFrom(session.forceRefresh())).rejects.toMatchObject({ code: 'serviceError' });
    time.advance(4999);
    await expect(firstValueFrom(session.forceRefresh())).rejects.toMatchObject({ code: 'serviceError' });
    expect(emulator.log.count(REFRESH)).toBe(1);
    time.advance(1);

    await expect(firstValueFrom(session.forceRefresh())).resolves.toBeDefined();
    expect(emulator.log.count(REFRESH)).toBe(2);
  });

  it('gives other client metadata a run of their own after the one in flight, and shares equal ones', async () => {
    const { session } = await signedIn();
    const barrier = emulator.hold(REFRESH);

    const runs = forkJoin([
      session.forceRefresh(),
      session.forceRefresh({ clientMetadata: { tenant: 'a', plan: 'b' } }),
      session.forceRefresh({ clientMetadata: { plan: 'b', tenant: 'a' } }),
    ]);
    await barrier.arrived(1);
    expect(emulator.log.count(REFRESH)).toBe(1);
    await barrier.open();
    await firstValueFrom(runs);

    expect(emulator.log.count(REFRESH)).toBe(2);
  });

  it('stores the rotated refresh token before the new access token can be used', async () => {
    const storage = new HeldStorage();
    const { session } = await signedIn(storage);
    const old = await firstValueFrom(session.getTokens());
    const answered = emulator.log.whenEnded(REFRESH, 1);
    const barrier = emulator.hold(REFRESH);
    const renewal = firstValueFrom(session.forceRefresh());
    await barrier.arrived(1);
    storage.hold();
    await barrier.open();
    await answered;

    expect(await firstValueFrom(session.getTokens())).toEqual(old);
    storage.release();
    await renewal;

    const held = await firstValueFrom(session.getTokens());
    expect(held?.refreshToken).not.toBe(old?.refreshToken);
    expect(storage.inner.content).toContain(held?.refreshToken);
  });

  it('keeps the refresh token when the answer brings none', async () => {
    emulator.configure({ rotation: false });
    const { session } = await signedIn();
    const old = await firstValueFrom(session.getTokens());

    await firstValueFrom(session.forceRefresh());

    const held = await firstValueFrom(session.getTokens());
    expect(held?.refreshToken).toBe(old?.refreshToken);
    expect(held?.accessToken).not.toBe(old?.accessToken);
  });

  describe('when the answer comes too late', () => {
    it.each(['beforeProcessing', 'afterCommit'] as const)(
      'stays signed out after a sign-out while Cognito was at work (%s)',
      async (point) => {
        const storage = new CountingStorage();
        const { session, states, events } = await signedIn(storage);
        const barrier = emulator.hold(REFRESH, point);
        const waiting = errorOf(session.forceRefresh());
        await barrier.arrived(1);

        await firstValueFrom(session.signOut());
        const [statesThen, eventsThen] = [states.length, events.length];
        await emulator.log.whenEnded('RevokeToken', 1);
        await barrier.open();
        await waiting;

        expect(session.state()).toEqual({ status: 'signedOut', reason: 'signedOut' });
        expect(states).toHaveLength(statesThen);
        // The caller is told that its command came to nothing; nothing else happens.
        expect(events.slice(eventsThen).map(({ type }) => type)).toEqual(['error']);
        expect(storage.content).toBe('');
      },
    );

    it('revokes the refresh token that only the late answer knows', async () => {
      const { session } = await signedIn();
      const barrier = emulator.hold(REFRESH, 'afterCommit');
      const waiting = errorOf(session.forceRefresh());
      await barrier.arrived(1);
      await firstValueFrom(session.signOut({ revoke: false }));

      await barrier.open();

      expect(await waiting).toMatchObject({ code: 'superseded' });
      await emulator.log.whenEnded('RevokeToken', 1);
      expect(emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
    });

    it('revokes nothing when the answer brought no refresh token', async () => {
      emulator.configure({ rotation: false });
      const { session } = await signedIn();
      const barrier = emulator.hold(REFRESH, 'afterCommit');
      const waiting = errorOf(session.forceRefresh());
      await barrier.arrived(1);
      await firstValueFrom(session.signOut({ revoke: false }));

      await barrier.open();
      await waiting;

      expect(emulator.log.count('RevokeToken')).toBe(0);
    });

    it('leaves the next user alone', async () => {
      const storage = new CountingStorage();
      const { session } = await signedIn(storage);
      const barrier = emulator.hold(REFRESH, 'afterCommit');
      const waiting = errorOf(session.forceRefresh());
      await barrier.arrived(1);
      await firstValueFrom(session.setTokens(await emulator.signIn('bob')));
      const bobs = await firstValueFrom(session.getTokens());

      await barrier.open();
      await waiting;

      expect(session.user()?.username).toBe('bob');
      expect(await firstValueFrom(session.getTokens())).toEqual(bobs);
      expect(storage.keys()).toHaveLength(1);
      expect(storage.content).toContain(bobs?.refreshToken);
    });

    it('leaves the next user alone when the old user is refused', async () => {
      const { session } = await signedIn();
      emulator.faults.add(REFRESH, { kind: 'error', type: 'NotAuthorizedException' });
      const barrier = emulator.hold(REFRESH);
      const waiting = errorOf(session.forceRefresh());
      await barrier.arrived(1);
      await firstValueFrom(session.setTokens(await emulator.signIn('bob')));

      await barrier.open();
      await waiting;

      expect(session.state()).toMatchObject({ status: 'signedIn', session: { user: { username: 'bob' } } });
    });

    it('removes what was being written when the sign-out came', async () => {
      const storage = new HeldStorage();
      const { session } = await signedIn(storage);
      const barrier = emulator.hold(REFRESH);
      const waiting = errorOf(session.forceRefresh());
      await barrier.arrived(1);
      storage.hold();
      await barrier.open();
      await emulator.log.whenEnded(REFRESH, 1);
      const signedOut = firstValueFrom(session.signOut());

      storage.release();
      await Promise.all([signedOut, waiting]);

      expect(storage.inner.content).toBe('');
      await emulator.log.whenEnded('RevokeToken', 2);
      expect(emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
    });

    it('is stored for the next page, but published nowhere, when the app was destroyed', async () => {
      const storage = new CountingStorage();
      const { session, states } = await signedIn(storage);
      const barrier = emulator.hold(REFRESH, 'afterCommit');
      session.forceRefresh();
      await barrier.arrived(1);
      const statesThen = states.length;

      TestBed.resetTestingModule();
      const written = storage.nextWrite();
      await barrier.open();
      await written;
      const next = startApp({ config: configFor(emulator), time, features: [withStorage(storage)] });

      expect(states).toHaveLength(statesThen);
      expect(next.session.isSignedIn()).toBe(true);
      const [live] = emulator.liveRefreshTokens({ username: 'alice' });
      expect(storage.content).toContain(live?.token);
    });
  });

  describe('when Cognito says no', () => {
    it.each([
      ['NotAuthorizedException', 'refreshTokenExpired'],
      ['RefreshTokenReuseException', 'rotationLost'],
      ['UserNotFoundException', 'userNotFound'],
      ['PasswordResetRequiredException', 'passwordResetRequired'],
      ['UserNotConfirmedException', 'userNotConfirmed'],
    ] as const)('ends the session on %s with the reason %s, once', async (type, reason) => {
      const storage = new CountingStorage();
      const { session, events } = await signedIn(storage);
      emulator.faults.add(REFRESH, { kind: 'error', type });

      const error = await errorOf(session.forceRefresh());

      expect(error).toMatchObject({ code: reason, serviceError: type });
      expect(session.state()).toEqual({ status: 'signedOut', reason });
      expect(events.slice(1)).toEqual([{ type: 'sessionExpired', origin: 'thisTab', reason, final: true }]);
      expect(storage.content).toBe('');
    });

    it('race 31: adopts what another tab has stored meanwhile instead of signing out', async () => {
      const storage = new CountingStorage();
      const { session, events } = await signedIn(storage);
      const [key = ''] = storage.keys();
      const value = JSON.parse(storage.getItem(key) ?? '') as {
        gen: number;
        tokens: { refreshToken: string };
      };
      const barrier = emulator.hold(REFRESH);
      const outcome = firstValueFrom(session.forceRefresh());
      await barrier.arrived(1);

      // The other tab was first: it has rotated the token that this tab's request still carries.
      const elsewhere = renewByHand(emulator, value.tokens.refreshToken);
      await barrier.arrived(2);
      await barrier.release(1);
      const { AccessToken: accessToken, RefreshToken: refreshToken } = await elsewhere;
      storage.setItem(
        key,
        JSON.stringify({ ...value, gen: 2, tokens: { ...value.tokens, accessToken, refreshToken } }),
      );
      await barrier.open();

      await outcome;
      expect(events.at(-1)).toMatchObject({ type: 'tokenRefreshed', origin: 'otherTab' });
      expect((await firstValueFrom(session.getTokens()))?.refreshToken).toBe(refreshToken);
    });
  });

  describe('when Cognito cannot be reached', () => {
    it.each([
      ['a reset', { kind: 'resetBeforeProcessing' }, 'networkError'],
      ['an HTML page', { kind: 'htmlBody', status: 403 }, 'networkError'],
      ['half a body', { kind: 'truncatedBody' }, 'networkError'],
      ['throttling', { kind: 'throttle', times: 1 }, 'throttled'],
    ] as const)('keeps the session over %s and still hands out the living token', async (_, fault, code) => {
      const { session, states } = await signedIn();
      const held = await firstValueFrom(session.getTokens());
      emulator.faults.add(REFRESH, fault);

      const error = await errorOf(session.forceRefresh());

      expect(error).toMatchObject({ code });
      expect(states.at(-1)).toMatchObject({ status: 'signedIn', refreshing: false });
      expect(await firstValueFrom(session.getAccessToken())).toBe(held?.accessToken);
      expect(await firstValueFrom(session.getTokens())).toEqual(held);
    });

    it('becomes stale once the token is dead and the retry is used up, and heals by itself', async () => {
      const { session, events } = await signedIn();
      for (let i = 0; i < 3; i++) emulator.faults.add(REFRESH, { kind: 'resetBeforeProcessing' });
      time.sleep(2 * 60 * MINUTE);

      await expect(firstValueFrom(session.getAccessToken())).rejects.toMatchObject({ code: 'networkError' });
      expect(session.state().status).toBe('signedIn');
      const stale = nextStatus(session, 'stale');
      time.advance(5000);
      await expect(stale).resolves.toMatchObject({ error: { code: 'networkError' } });
      expect(session.isSignedIn()).toBe(true);
      await expect(firstValueFrom(session.getAccessToken())).rejects.toMatchObject({ code: 'networkError' });

      const failedAgain = nextEvent(session, 'error');
      time.advance(1250);
      await failedAgain;
      const healed = nextEvent(session, 'tokenRefreshed');
      time.advance(2500);
      await healed;

      expect(session.state()).toMatchObject({ status: 'signedIn', refreshing: false });
      expect(events.map(({ type }) => type)).toEqual([
        'signedIn',
        'error',
        'error',
        'sessionExpired',
        'error',
        'tokenRefreshed',
      ]);
      expect(events[3]).toMatchObject({ reason: 'refreshFailed', final: false });
      expect(emulator.log.count(REFRESH)).toBe(4);
    });
  });

  describe('when Cognito does not answer', () => {
    it('lets callers go after 10 s of active time and still takes the answer', async () => {
      const { session } = await signedIn();
      const barrier = emulator.hold(REFRESH);
      const waiting = errorOf(session.forceRefresh());
      await barrier.arrived(1);

      time.advance(10_000);
      expect(await waiting).toMatchObject({ code: 'timeout' });
      const renewed = nextEvent(session, 'tokenRefreshed');
      await barrier.open();

      await expect(renewed).resolves.toBeDefined();
      expect(emulator.log.count(REFRESH)).toBe(1);
    });

    it('gives up after 30 s of active time, keeps the session and tries again', async () => {
      emulator.configure({ graceSeconds: 60 });
      const { session } = await signedIn();
      const barrier = emulator.hold(REFRESH);
      session.forceRefresh();
      await barrier.arrived(1);

      const failed = nextEvent(session, 'error');
      time.advance(9_999);
      time.advance(1);
      await failed;
      const gaveUp = nextEvent(session, 'error');
      time.advance(20_000);
      await expect(gaveUp).resolves.toMatchObject({ error: { code: 'timeout' } });
      await barrier.open();

      time.advance(5000);
      await expect(firstValueFrom(session.forceRefresh())).resolves.toBeDefined();
    });

    it('does not count the time the device slept', async () => {
      const { session } = await signedIn();
      const barrier = emulator.hold(REFRESH);
      const renewal = firstValueFrom(session.forceRefresh());
      await barrier.arrived(1);

      time.sleep(30 * MINUTE);
      time.advance(1000);
      await barrier.open();

      await expect(renewal).resolves.toBeDefined();
    });

    it('does not use tokens that may have expired on their way, and keeps the session', async () => {
      const storage = new CountingStorage();
      const { session } = await signedIn(storage);
      const barrier = emulator.hold(REFRESH, 'afterCommit');
      const waiting = errorOf(session.forceRefresh());
      await barrier.arrived(1);

      time.sleep(60 * MINUTE);
      await barrier.open();

      expect(await waiting).toMatchObject({ code: 'invalidResponse', retryable: true });
      expect(session.isSignedIn()).toBe(true);
      const [live] = emulator.liveRefreshTokens({ username: 'alice' });
      expect(storage.content).toContain(live?.token);
      time.advance(5000);
      await expect(firstValueFrom(session.forceRefresh())).resolves.toBeDefined();
    });
  });

  it('never lets a token into the log, an event, the state or an error', async () => {
    const { session, logged, events, states } = await signedIn();
    const tokens = await firstValueFrom(session.getTokens());
    emulator.faults.add(REFRESH, { kind: 'htmlBody' });
    await errorOf(session.forceRefresh());
    emulator.faults.add(REFRESH, { kind: 'error', type: 'NotAuthorizedException' });
    time.advance(5000);
    await errorOf(session.forceRefresh());

    const seen = JSON.stringify({ logged, events, states });
    for (const token of [tokens?.accessToken, tokens?.idToken, tokens?.refreshToken])
      expect(seen).not.toContain(token);
    expect(logged.length).toBeGreaterThan(0);
  });
});
