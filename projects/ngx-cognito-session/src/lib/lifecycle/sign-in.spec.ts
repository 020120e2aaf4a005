import { TestBed } from '@angular/core/testing';
import { startEmulator, type Emulator } from 'cognito-emulator';
import { filter, firstValueFrom } from 'rxjs';
import { CountingStorage, HeldStorage } from '../../../testing-support/counting-storage';
import { ManualTime } from '../../../testing-support/manual-time';
import { renewByHand } from '../../../testing-support/renew-by-hand';
import { configFor, errorOf, startApp, type SessionApp } from '../../../testing-support/session-app';
import { withStorage, type AuthTokens, type SessionConfig, type StorageAdapter } from '../../public-api';

const REFRESH = 'GetTokensFromRefreshToken';

describe('setTokens', () => {
  let emulator: Emulator;
  let time: ManualTime;

  beforeEach(async () => {
    time = new ManualTime();
    emulator = await startEmulator({
      clock: time,
      pools: [
        {
          id: 'eu-west-1_Emulator1',
          clients: [{ clientId: 'client1', rotation: true }, { clientId: 'client2' }],
          users: [
            { username: 'alice', password: 'Correct-horse-1', groups: ['editors'] },
            { username: 'bob', password: 'Correct-horse-2' },
          ],
        },
      ],
    });
  });

  afterEach(() => emulator.close());

  function start(
    storage: StorageAdapter = new CountingStorage(),
    config: Partial<SessionConfig> = {},
  ): SessionApp {
    return startApp({ config: configFor(emulator, config), time, features: [withStorage(storage)] });
  }

  it('signs in with an SDK result and publishes state, session, user and event', async () => {
    const { session, states, events } = start();

    const adopted = await firstValueFrom(session.setTokens(await emulator.signIn('alice')));

    expect(states).toEqual([
      { status: 'signedOut', reason: 'noSession' },
      { status: 'signedIn', session: adopted, refreshing: false },
    ]);
    expect(events).toEqual([{ type: 'signedIn', origin: 'thisTab', session: adopted }]);
    expect(session.user()).toMatchObject({ username: 'alice' });
    expect(adopted.hasGroup('editors')).toBe(true);
  });

  it('starts at once, without a subscriber, and replays its outcome', async () => {
    const { session } = start();

    const outcome = session.setTokens(await emulator.signIn('alice'));

    expect(session.isSignedIn()).toBe(true);
    expect((await firstValueFrom(outcome)).user.username).toBe('alice');
  });

  it('takes a token-endpoint response', async () => {
    const { session } = start();
    const result = await emulator.signIn('alice');

    await firstValueFrom(
      session.setTokens({
        access_token: result.AccessToken,
        id_token: result.IdToken,
        refresh_token: result.RefreshToken,
        expires_in: result.ExpiresIn,
      }),
    );

    expect(await firstValueFrom(session.getIdToken())).toBe(result.IdToken);
  });

  it('renews a bare refresh token first', async () => {
    const { session, events } = start();
    const { RefreshToken: refreshToken } = await emulator.signIn('alice');

    await firstValueFrom(session.setTokens({ refreshToken }));

    expect(emulator.log.count(REFRESH)).toBe(1);
    expect(events.map(({ type }) => type)).toEqual(['signedIn']);
    const [live] = emulator.liveRefreshTokens({ username: 'alice' });
    expect((await firstValueFrom(session.getTokens()))?.refreshToken).toBe(live?.token);
  });

  it('sends the refresh token of the session held only once when it is handed over during its renewal', async () => {
    const { session } = start();
    const result = await emulator.signIn('alice');
    await firstValueFrom(session.setTokens(result));
    const barrier = emulator.hold(REFRESH, 'afterCommit');
    const renewed = firstValueFrom(session.forceRefresh());
    const handedOver = firstValueFrom(session.setTokens({ refreshToken: result.RefreshToken }));
    await barrier.arrived();
    void barrier.release();

    expect(await handedOver).toBe(await renewed);
    expect(emulator.log.count(REFRESH)).toBe(1);
    expect(emulator.liveRefreshTokens({ username: 'alice' })).toHaveLength(1);
  });

  it('revokes what its own renewal brought when the next sign-in was quicker', async () => {
    const { session } = start();
    const [alice, bob] = [await emulator.signIn('alice'), await emulator.signIn('bob')];
    const barrier = emulator.hold(REFRESH, 'afterCommit');
    const outcome = errorOf(session.setTokens({ refreshToken: alice.RefreshToken }));
    await barrier.arrived();
    await firstValueFrom(session.setTokens(bob));

    void barrier.release();

    expect(await outcome).toMatchObject({ code: 'superseded' });
    await emulator.log.whenEnded('RevokeToken', 1);
    expect(emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
    expect(emulator.liveRefreshTokens({ username: 'bob' })).toHaveLength(1);
  });

  it('renews expired AuthTokens first, by the drift they carry', async () => {
    const first = start();
    await firstValueFrom(first.session.setTokens(await emulator.signIn('alice')));
    const carried = await firstValueFrom(first.session.getTokens().pipe(filter((tokens) => tokens !== null)));
    const { session } = start();
    time.sleep(2 * 3_600_000);

    await firstValueFrom(session.setTokens(carried));

    expect(emulator.log.count(REFRESH)).toBe(1);
    expect(emulator.accessTokenStatus(await firstValueFrom(session.getAccessToken())).isValid).toBe(true);
  });

  it('refuses expired tokens without a refresh token', async () => {
    const { session } = start();
    const { AccessToken: accessToken } = await emulator.signIn('alice');
    time.advance(2 * 3_600_000);

    const error = await errorOf(session.setTokens({ accessToken, expiresAt: 0, clockDrift: 0 }));

    expect(error).toMatchObject({ code: 'tokensExpired' });
    expect(session.isSignedIn()).toBe(false);
  });

  it.each([
    ['the device is an hour behind', -3600],
    ['the device is an hour ahead', 3600],
  ])('takes the clock drift from a fresh token when %s', async (_, skewSeconds) => {
    const { session } = start();
    const result = await emulator.signIn('alice');
    time.setWall(skewSeconds * 1000);

    const adopted = await firstValueFrom(session.setTokens(result));

    expect(adopted.clockDrift).toBe(-skewSeconds);
    expect(adopted.isValid()).toBe(true);
  });

  it('takes AuthTokens as just issued only if it is told so', async () => {
    const { session } = start();
    const { AccessToken: accessToken, RefreshToken: refreshToken } = await emulator.signIn('alice');
    time.setWall(-600_000);

    const justIssued = await firstValueFrom(
      session.setTokens({ accessToken, refreshToken, expiresAt: 0, clockDrift: 0 }, { justIssued: true }),
    );
    expect(justIssued.clockDrift).toBe(600);

    await firstValueFrom(session.signOut({ revoke: false }));
    const carried = await firstValueFrom(
      session.setTokens({ accessToken, refreshToken, expiresAt: 0, clockDrift: 612 }),
    );
    expect(carried.clockDrift).toBe(612);
  });

  it('believes no drift by which the tokens would not have been issued yet, and learns the true one', async () => {
    const { session } = start();
    const result = await emulator.signIn('alice');
    time.sleep(2 * 3_600_000);

    const { AccessToken: accessToken, RefreshToken: refreshToken } = result;
    const garbage = { accessToken, refreshToken, expiresAt: 0, clockDrift: -1e9 };
    const adopted = await firstValueFrom(session.setTokens(garbage));

    expect(adopted.clockDrift).toBe(0);
    expect(emulator.accessTokenStatus(await firstValueFrom(session.getAccessToken())).isValid).toBe(true);
  });

  it('continues the stored session with older tokens while it is being restored, and revokes nothing', async () => {
    const storage = new HeldStorage();
    const first = start(storage);
    const result = await emulator.signIn('alice');
    await firstValueFrom(first.session.setTokens(result));
    time.advance(10_000);
    await firstValueFrom(first.session.forceRefresh());
    storage.hold();
    const { session } = start(storage);
    const { AccessToken: accessToken, RefreshToken: refreshToken } = result;

    const adopted = firstValueFrom(
      session.setTokens({ accessToken, refreshToken, expiresAt: 0, clockDrift: 0 }),
    );
    storage.release();

    expect((await adopted).user.username).toBe('alice');
    expect((await firstValueFrom(session.forceRefresh())).user.username).toBe('alice');
    expect(emulator.log.count('RevokeToken')).toBe(0);
  });

  it.each([
    ['no token', {}],
    ['no JWT', { AccessToken: 'nonsense' }],
    ['nothing', null],
  ])('answers invalidToken to %s and leaves the current session alone', async (_, input) => {
    const { session, events, logged } = start();
    await firstValueFrom(session.setTokens(await emulator.signIn('alice')));

    const error = await errorOf(session.setTokens(input as unknown as AuthTokens));

    expect(error).toMatchObject({ code: 'invalidToken', retryable: false });
    expect(session.user()?.username).toBe('alice');
    expect(events.at(-1)).toMatchObject({ type: 'error', error: { code: 'invalidToken' } });
    expect(logged).toHaveLength(1);
  });

  it('answers invalidToken to the tokens of another app client', async () => {
    const { session } = start();

    const error = await errorOf(session.setTokens(await emulator.signIn('alice', { clientId: 'client2' })));

    expect(error).toMatchObject({ code: 'invalidToken' });
  });

  it('reports a failure without subscribers once', async () => {
    const { session, events, logged } = start();

    session.setTokens({ AccessToken: 'nonsense' });
    await Promise.resolve();

    expect(events.map(({ type }) => type)).toEqual(['error']);
    expect(logged).toHaveLength(1);
  });

  it('is not mistaken for a sign-in that never came when it fails during the restore', async () => {
    const inner = new CountingStorage();
    const first = start(inner);
    await firstValueFrom(first.session.setTokens(await emulator.signIn('alice')));
    const storage = new HeldStorage(inner);
    storage.hold();
    const { session } = start(storage);
    emulator.faults.add(REFRESH, { kind: 'resetBeforeProcessing' });
    const failing = errorOf(session.setTokens({ refreshToken: 'whatever' }));
    const initialized = firstValueFrom(session.initialize());

    storage.release();

    expect(await failing).toMatchObject({ code: 'networkError' });
    expect((await initialized)?.user.username).toBe('alice');
  });

  it('changes nothing when the tokens held are handed over again and again', async () => {
    const storage = new HeldStorage();
    const { session } = start(storage);
    const result = await emulator.signIn('alice');
    await firstValueFrom(session.setTokens(result));
    storage.hold();
    const again = Promise.all([
      errorOf(session.setTokens(result)),
      firstValueFrom(session.setTokens(result)),
    ]);
    const garbage = errorOf(session.setTokens({ AccessToken: 'nonsense' }));

    storage.release();
    await Promise.all([again, garbage]);

    expect(storage.inner.content).toContain(result.RefreshToken);
    await firstValueFrom(session.forceRefresh());
    expect(session.isSignedIn()).toBe(true);
  });

  describe('while a user is signed in', () => {
    it('replaces another user, tells so, and revokes the session that is gone', async () => {
      const storage = new CountingStorage();
      const { session, events } = start(storage);
      await firstValueFrom(session.setTokens(await emulator.signIn('alice')));

      await firstValueFrom(session.setTokens(await emulator.signIn('bob')));

      expect(events.map(({ type }) => type)).toEqual(['signedIn', 'sessionReplaced']);
      expect(storage.keys()).toHaveLength(1);
      await emulator.log.whenEnded('RevokeToken', 1);
      expect(emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
      expect(emulator.liveRefreshTokens({ username: 'bob' })).toHaveLength(1);
    });

    it('starts a new session when the same user signs in again', async () => {
      const storage = new CountingStorage();
      const { session, events } = start(storage);
      await firstValueFrom(session.setTokens(await emulator.signIn('alice')));
      const first = sidIn(storage, emulator.clientId);

      await firstValueFrom(session.setTokens(await emulator.signIn('alice')));

      expect(JSON.parse(storage.getItem(emulator.clientId) ?? '')).toMatchObject({ gen: 1 });
      expect(sidIn(storage, emulator.clientId)).not.toBe(first);
      expect(events.map(({ type }) => type)).toEqual(['signedIn', 'signedIn']);
    });

    it('continues the session with newer tokens of the same refresh token', async () => {
      emulator.configure({ rotation: false });
      const storage = new CountingStorage();
      const { session, events } = start(storage);
      const first = await emulator.signIn('alice');
      await firstValueFrom(session.setTokens(first));
      const [key = ''] = storage.keys();
      time.advance(1000);

      await firstValueFrom(session.setTokens(await renewByHand(emulator, first.RefreshToken)));

      expect(storage.keys()).toEqual([key]);
      expect(JSON.parse(storage.getItem(key) ?? '')).toMatchObject({
        gen: 2,
        tokens: { refreshToken: first.RefreshToken },
      });
      expect(events.map(({ type }) => type)).toEqual(['signedIn', 'tokenRefreshed']);
    });

    it('ignores tokens that are older than what is held', async () => {
      emulator.configure({ rotation: false });
      const { session } = start();
      const first = await emulator.signIn('alice');
      await firstValueFrom(session.setTokens(first));
      time.advance(1000);
      await firstValueFrom(session.forceRefresh());
      const held = await firstValueFrom(session.getTokens());

      await firstValueFrom(session.setTokens(first));

      expect(await firstValueFrom(session.getTokens())).toEqual(held);
    });
  });

  describe('when another command comes while the storage is writing', () => {
    it('gives way to a sign-out, leaves nothing behind and revokes the tokens', async () => {
      const storage = new HeldStorage();
      const { session } = start(storage);
      const result = await emulator.signIn('alice');
      storage.hold();
      const outcome = errorOf(session.setTokens(result));
      const signedOut = firstValueFrom(session.signOut());

      storage.release();

      expect(await outcome).toMatchObject({ code: 'superseded' });
      await signedOut;
      expect(session.isSignedIn()).toBe(false);
      expect(storage.inner.content).toBe('');
      await emulator.log.whenEnded('RevokeToken', 1);
      expect(emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
    });

    it('is revoked, too, when a user signs in after the sign-out', async () => {
      const storage = new HeldStorage();
      const { session } = start(storage);
      const [alice, bob] = [await emulator.signIn('alice'), await emulator.signIn('bob')];
      storage.hold();
      const outcome = errorOf(session.setTokens(alice));
      session.signOut();
      const next = firstValueFrom(session.setTokens(bob));

      storage.release();

      expect(await outcome).toMatchObject({ code: 'superseded' });
      expect((await next).user.username).toBe('bob');
      await emulator.log.whenEnded('RevokeToken', 1);
      expect(emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
      expect(emulator.liveRefreshTokens({ username: 'bob' })).toHaveLength(1);
    });

    it('gives way to the next sign-in', async () => {
      const storage = new HeldStorage();
      const { session } = start(storage);
      const [alice, bob] = [await emulator.signIn('alice'), await emulator.signIn('bob')];
      storage.hold();
      const outcome = errorOf(session.setTokens(alice));
      const next = firstValueFrom(session.setTokens(bob));

      storage.release();

      expect(await outcome).toMatchObject({ code: 'superseded' });
      expect((await next).user.username).toBe('bob');
      expect(storage.inner.content).toContain(bob.RefreshToken);
      expect(storage.inner.content).not.toContain(alice.RefreshToken);
    });
  });

  it('over a refresh that waits for the storage revokes the replaced session, and refreshes nothing', async () => {
    const storage = new HeldStorage();
    const { session } = start(storage);
    await firstValueFrom(session.setTokens(await emulator.signIn('alice')));
    const bob = await emulator.signIn('bob');
    storage.hold();
    const signedIn = firstValueFrom(session.setTokens(bob));
    const outcome = errorOf(session.forceRefresh());

    storage.release();
    await signedIn;

    expect(await outcome).toMatchObject({ code: 'superseded' });
    await emulator.log.whenEnded('RevokeToken', 1);
    expect(emulator.log.count(REFRESH)).toBe(0);
    expect(emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
    expect(emulator.liveRefreshTokens({ username: 'bob' })).toHaveLength(1);
  });

  it('leaves the storage of the next page alone when the app was destroyed on the way', async () => {
    const storage = new HeldStorage();
    const { session } = start(storage);
    storage.hold();
    const outcome = errorOf(session.setTokens(await emulator.signIn('alice')));
    TestBed.resetTestingModule();
    storage.release();
    const next = start(storage.inner);
    await firstValueFrom(next.session.setTokens(await emulator.signIn('bob')));

    expect(await outcome).toMatchObject({ code: 'superseded' });
    expect((await firstValueFrom(next.session.forceRefresh())).user.username).toBe('bob');
  });

  describe('when the storage refuses', () => {
    it('signs in all the same, in memory, and reports the storage', async () => {
      const storage = new CountingStorage();
      storage.setItem = () => {
        throw new Error('QuotaExceededError');
      };
      const { session, events } = start(storage);

      await firstValueFrom(session.setTokens(await emulator.signIn('alice')));
      await firstValueFrom(session.forceRefresh());

      expect(session.isSignedIn()).toBe(true);
      expect(events.filter(({ type }) => type === 'error')).toMatchObject([
        { error: { code: 'storageError' } },
        { error: { code: 'storageError' } },
      ]);
      const [live] = emulator.liveRefreshTokens({ username: 'alice' });
      expect((await firstValueFrom(session.getTokens()))?.refreshToken).toBe(live?.token);
    });

    it('signs in all the same when a storage does not answer within 2 s', async () => {
      const storage = new HeldStorage();
      const { session } = start(storage);
      await firstValueFrom(session.initialize());
      storage.hold();

      const outcome = firstValueFrom(session.setTokens(await emulator.signIn('alice')));
      time.advance(2000);
      time.advance(2000);

      expect((await outcome).user.username).toBe('alice');
    });
  });
});

function sidIn(storage: CountingStorage, clientId: string): unknown {
  return (JSON.parse(storage.getItem(clientId) ?? '{}') as { sid?: unknown }).sid;
}
