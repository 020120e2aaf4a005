import { inject } from '@angular/core';
import { startEmulator, type Emulator } from 'cognito-emulator';
import { firstValueFrom } from 'rxjs';
import { CountingStorage, HeldStorage } from '../../../testing-support/counting-storage';
import { ManualTime } from '../../../testing-support/manual-time';
import {
  configFor,
  errorOf,
  nextStatus,
  startApp,
  type SessionApp,
} from '../../../testing-support/session-app';
import {
  SESSION_CLOCK,
  withNoAutoRestore,
  withStorage,
  type SessionConfigSource,
  type StorageAdapter,
} from '../../public-api';

const REFRESH = 'GetTokensFromRefreshToken';
const HOUR = 3_600_000;

describe('restore', () => {
  let emulator: Emulator;
  let time: ManualTime;
  let storage: CountingStorage;

  beforeEach(async () => {
    time = new ManualTime();
    storage = new CountingStorage();
    emulator = await startEmulator({ clock: time });
    emulator.configure({ rotation: true });
  });

  afterEach(() => emulator.close());

  function open(
    adapter: StorageAdapter = storage,
    config: SessionConfigSource = configFor(emulator),
  ): SessionApp {
    return startApp({ config, time, features: [withStorage(adapter)] });
  }

  /** Signs in and leaves the page. */
  async function signInBefore(): Promise<void> {
    const { session } = open();
    await firstValueFrom(session.setTokens(await emulator.signIn('alice')));
  }

  it('knows at once that no user is signed in', () => {
    expect(open().session.state()).toEqual({ status: 'signedOut', reason: 'noSession' });
  });

  it('restores a valid session at once from a synchronous storage, without calling Cognito', async () => {
    await signInBefore();

    const { session, states } = open();

    expect(states).toMatchObject([
      { status: 'signedIn', refreshing: false, session: { user: { username: 'alice' } } },
    ]);
    expect(emulator.accessTokenStatus(await firstValueFrom(session.getAccessToken())).isValid).toBe(true);
    expect(emulator.log.count(REFRESH)).toBe(0);
  });

  it('tells of the restored session to those who listen in time', async () => {
    await signInBefore();
    const { session, events } = startApp({
      config: configFor(emulator),
      time,
      features: [withStorage(storage), withNoAutoRestore()],
    });
    expect(session.state().status).toBe('restoring');

    const restored = await firstValueFrom(session.initialize());

    expect(restored?.user.username).toBe('alice');
    expect(events).toEqual([{ type: 'sessionRestored', origin: 'thisTab', session: restored }]);
  });

  it('initializes once, however often it is asked', async () => {
    await signInBefore();
    const held = new HeldStorage(storage);
    held.hold();
    const { session, states } = open(held);

    const both = Promise.all([firstValueFrom(session.initialize()), firstValueFrom(session.initialize())]);
    expect(held.waitingCalls).toBe(1);
    held.release();
    await both;

    expect(states.map(({ status }) => status)).toEqual(['restoring', 'signedIn']);
  });

  it('refreshes an expired session before it says that the user is signed in', async () => {
    await signInBefore();
    time.sleep(2 * HOUR);
    emulator.log.clear();

    const { session, states, events } = open();
    expect(session.state().status).toBe('restoring');
    const token = firstValueFrom(session.getAccessToken());
    time.advance(0);
    await nextStatus(session, 'signedIn');

    expect(states.map(({ status }) => status)).toEqual(['restoring', 'signedIn']);
    expect(events.map(({ type }) => type)).toEqual(['sessionRestored', 'tokenRefreshed']);
    expect(emulator.accessTokenStatus(await token).isValid).toBe(true);
    expect(emulator.log.count(REFRESH)).toBe(1);
  });

  it('signs out with the reason when the stored refresh token is dead', async () => {
    await signInBefore();
    time.sleep(2 * HOUR);
    emulator.faults.add(REFRESH, { kind: 'error', type: 'NotAuthorizedException' });

    const { session, states, events } = open();
    time.advance(0);
    await nextStatus(session, 'signedOut');

    expect(states).toEqual([{ status: 'restoring' }, { status: 'signedOut', reason: 'refreshTokenExpired' }]);
    expect(events.map(({ type }) => type)).toEqual(['sessionExpired']);
    expect(storage.content).toBe('');
  });

  it('counts as signed in, though stale, when Cognito cannot be reached', async () => {
    await signInBefore();
    time.sleep(2 * HOUR);
    emulator.faults.add(REFRESH, { kind: 'resetBeforeProcessing', times: 2 });

    const { session } = open();
    const failed = firstValueFrom(session.events$);
    time.advance(0);
    await failed;
    const stale = nextStatus(session, 'stale');
    time.advance(5000);
    await stale;

    expect(session.isSignedIn()).toBe(true);
    expect(storage.content).not.toBe('');
  });

  it('ends a stored session that has expired and cannot be renewed', async () => {
    const first = open();
    const { AccessToken: accessToken } = await emulator.signIn('alice');
    await firstValueFrom(first.session.setTokens({ AccessToken: accessToken }));
    time.setWall(2 * HOUR);

    const { session } = open();

    expect(session.state()).toEqual({ status: 'signedOut', reason: 'tokensExpired' });
    expect(storage.content).toBe('');
  });

  it.each([
    ['corrupt', '{"v":1,'],
    ['of a future version', '{"v":2,"something":"else"}'],
  ])('reads a value that is %s as signed out, reports it and leaves it alone', async (_, text) => {
    await signInBefore();
    const [key = ''] = storage.keys();
    storage.setItem(key, text);
    const { session, events } = startApp({
      config: configFor(emulator),
      time,
      features: [withStorage(storage), withNoAutoRestore()],
    });

    await firstValueFrom(session.initialize());

    expect(session.state()).toEqual({ status: 'signedOut', reason: 'storageUnreadable' });
    expect(events).toMatchObject([{ type: 'error', error: { code: 'storageError' } }]);
    expect(storage.getItem(key)).toBe(text);
  });

  it('reads a storage that throws as signed out and reports it', () => {
    const denied: StorageAdapter = {
      getItem: () => {
        throw new Error('denied');
      },
      setItem: () => undefined,
      removeItem: () => undefined,
    };

    const { session, logged } = open(denied);

    expect(session.state()).toEqual({ status: 'signedOut', reason: 'storageUnreadable' });
    expect(logged.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  describe('from a slow storage', () => {
    it('adopts a late answer', async () => {
      await signInBefore();
      const held = new HeldStorage(storage);
      held.hold();
      const { session } = open(held);
      time.advance(60_000);
      expect(session.state().status).toBe('restoring');

      const known = nextStatus(session, 'signedIn');
      held.release();

      await expect(known).resolves.toMatchObject({ session: { user: { username: 'alice' } } });
    });

    it('drops a late answer after a sign-in', async () => {
      await signInBefore();
      const held = new HeldStorage(storage);
      held.hold();
      const { session, states } = open(held);
      const signIn = firstValueFrom(session.setTokens(await emulator.signIn('alice')));
      const fresh = await emulator.signIn('alice');

      held.release();
      await signIn;
      await firstValueFrom(session.setTokens(fresh));

      expect(states.map(({ status }) => status)).toEqual(['restoring', 'signedIn', 'signedIn']);
      expect((await firstValueFrom(session.getTokens()))?.accessToken).toBe(fresh.AccessToken);
    });

    it('keeps a caller waiting for at most 10 s', async () => {
      const held = new HeldStorage(storage);
      held.hold();
      const { session } = open(held);

      const error = errorOf(session.getAccessToken());
      time.advance(9_999);
      time.advance(1);

      expect(await error).toMatchObject({ code: 'restoreTimeout', retryable: true });
    });
  });

  describe('the configuration', () => {
    it('may come from a factory in an injection context', () => {
      const { session } = open(storage, () => {
        inject(SESSION_CLOCK);
        return configFor(emulator);
      });

      expect(session.state()).toEqual({ status: 'signedOut', reason: 'noSession' });
    });

    it('may come from a promise, and the state is restoring until it does', async () => {
      await signInBefore();

      const { session, states } = open(storage, () => Promise.resolve(configFor(emulator)));
      expect(session.state().status).toBe('restoring');
      await firstValueFrom(session.initialize());

      expect(states.map(({ status }) => status)).toEqual(['restoring', 'signedIn']);
    });

    it('that cannot be loaded signs out with that reason, reports it once and fails commands', async () => {
      const { session, events, logged } = open(storage, () => Promise.reject(new Error('404')));

      expect(await errorOf(session.initialize())).toMatchObject({ code: 'configurationFailed' });

      expect(session.state()).toEqual({ status: 'signedOut', reason: 'configurationFailed' });
      expect(events.map(({ type }) => type)).toEqual(['error']);
      expect(logged).toHaveLength(1);
      expect(await errorOf(session.setTokens(await emulator.signIn('alice')))).toMatchObject({
        code: 'configurationFailed',
      });
    });

    it('that is malformed is refused at start-up, naming the field', () => {
      expect(() => open(storage, { region: 'eu-west-1', clientId: '' })).toThrow(/clientId/);
    });
  });
});
