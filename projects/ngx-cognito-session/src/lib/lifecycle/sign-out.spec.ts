import { startEmulator, type Emulator } from 'cognito-emulator';
import { EMPTY, firstValueFrom } from 'rxjs';
import { CountingStorage, HeldStorage } from '../../../testing-support/counting-storage';
import { ManualTime } from '../../../testing-support/manual-time';
import { configFor, errorOf, startApp, type SessionApp } from '../../../testing-support/session-app';
import {
  SessionError,
  TOKEN_REFRESHER,
  withNoAutoRestore,
  withStorage,
  type SignOutOptions,
  type StorageAdapter,
  type TokenRefresher,
} from '../../public-api';

/** It may refuse to give up what it has. */
class KeepingStorage extends CountingStorage {
  refuses = false;

  override removeItem(key: string): void {
    if (this.refuses) throw new DOMException('No.', 'InvalidStateError');
    super.removeItem(key);
  }
}

describe('signOut', () => {
  let emulator: Emulator;
  let time: ManualTime;

  beforeEach(async () => {
    time = new ManualTime();
    emulator = await startEmulator({ clock: time });
  });

  afterEach(() => emulator.close());

  async function signedIn(storage: StorageAdapter): Promise<SessionApp> {
    const app = startApp({ config: configFor(emulator), time, features: [withStorage(storage)] });
    await firstValueFrom(app.session.setTokens(await emulator.signIn('alice')));
    time.advance(1);
    return app;
  }

  it('has cleared memory and published by the time it returns', async () => {
    const storage = new HeldStorage();
    const { session, states, events } = await signedIn(storage);
    storage.hold();

    session.signOut();

    expect(states.at(-1)).toEqual({ status: 'signedOut', reason: 'signedOut' });
    expect(events.at(-1)).toEqual({ type: 'signedOut', origin: 'thisTab' });
    expect(session.user()).toBeNull();
    expect(await firstValueFrom(session.getTokens())).toBeNull();
    expect(await errorOf(session.getAccessToken())).toMatchObject({ code: 'noSession' });
    storage.release();
  });

  it('clears the storage, then completes', async () => {
    const storage = new CountingStorage();
    const { session } = await signedIn(storage);

    await firstValueFrom(session.signOut());

    expect(storage.content).toBe('');
  });

  it('clears what it could not at first: the session that had not been restored yet', async () => {
    const storage = new KeepingStorage();
    await signedIn(storage);
    const { session } = startApp({
      config: configFor(emulator),
      time,
      features: [withStorage(storage), withNoAutoRestore()],
    });
    storage.refuses = true;
    const first = firstValueFrom(session.signOut());
    const second = firstValueFrom(session.signOut());
    expect(storage.content).not.toBe('');
    storage.refuses = false;
    time.advance(2000);

    await Promise.all([first, second]);

    expect(storage.content).toBe('');
  });

  it('leaves no live refresh token at Cognito', async () => {
    const { session } = await signedIn(new CountingStorage());

    await firstValueFrom(session.signOut());

    await emulator.log.whenEnded('RevokeToken', 1);
    expect(emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
  });

  it('does not revoke if it is told not to', async () => {
    const { session } = await signedIn(new CountingStorage());

    await firstValueFrom(session.signOut({ revoke: false }));

    expect(emulator.log.count('RevokeToken')).toBe(0);
  });

  it('does not ask for a revocation that the pool does not offer', async () => {
    emulator.configure({ tokenRevocation: false });
    const { session } = await signedIn(new CountingStorage());

    await firstValueFrom(session.signOut());

    expect(emulator.log.count('RevokeToken')).toBe(0);
  });

  it('ends the sessions of all devices with global', async () => {
    const { session } = await signedIn(new CountingStorage());
    await emulator.signIn('alice');

    await firstValueFrom(session.signOut({ global: true }));

    await emulator.log.whenEnded('GlobalSignOut', 1);
    expect(emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
  });

  it('revokes this session when the global sign-out is refused', async () => {
    const { session } = await signedIn(new CountingStorage());
    emulator.faults.add('GlobalSignOut', { kind: 'error', type: 'NotAuthorizedException' });

    await firstValueFrom(session.signOut({ global: true }));

    await emulator.log.whenEnded('RevokeToken', 1);
    expect(emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
  });

  it('works offline', async () => {
    const storage = new CountingStorage();
    const { session } = await signedIn(storage);
    emulator.faults.add('RevokeToken', { kind: 'resetBeforeProcessing', times: 10 });

    await firstValueFrom(session.signOut());

    expect(session.isSignedIn()).toBe(false);
    expect(storage.content).toBe('');
  });

  it('does nothing the second time, and without a session', async () => {
    const { session, events } = await signedIn(new CountingStorage());

    await firstValueFrom(session.signOut());
    await firstValueFrom(session.signOut());

    expect(events.map(({ type }) => type)).toEqual(['signedIn', 'signedOut']);
    await emulator.log.whenEnded('RevokeToken', 1);
    expect(emulator.log.count('RevokeToken')).toBe(1);
  });

  it('ends the stored session while it is still being restored', async () => {
    const inner = new CountingStorage();
    await signedIn(inner);
    const storage = new HeldStorage(inner);
    storage.hold();
    const { session } = startApp({ config: configFor(emulator), time, features: [withStorage(storage)] });
    expect(session.state().status).toBe('restoring');

    const signedOut = firstValueFrom(session.signOut());
    expect(session.state()).toEqual({ status: 'signedOut', reason: 'signedOut' });
    storage.release();
    await signedOut;

    expect(session.state()).toEqual({ status: 'signedOut', reason: 'signedOut' });
    expect(inner.content).toBe('');
    await emulator.log.whenEnded('RevokeToken', 1);
    expect(emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
  });

  it('reports a storage that cannot be cleared and is signed out all the same', async () => {
    const storage = new CountingStorage();
    const { session, events } = await signedIn(storage);
    storage.removeItem = () => {
      throw new Error('access denied');
    };

    session.signOut();

    expect(session.isSignedIn()).toBe(false);
    expect(events.at(-1)).toMatchObject({ type: 'error', error: { code: 'storageError' } });
  });

  it('goes on removing until the storage lets it, so that no later page finds the session', async () => {
    const storage = new KeepingStorage();
    const { session } = await signedIn(storage);
    storage.refuses = true;
    const cleared = firstValueFrom(session.signOut());
    time.advance(1000);
    expect(storage.content).not.toBe('');

    storage.refuses = false;
    time.advance(2000);

    await cleared;
    expect(storage.content).toBe('');
    expect(time.armedTimers).toBe(0);
  });

  it('is not done, however often it is asked for, before the storage is cleared', async () => {
    const storage = new KeepingStorage();
    const { session } = await signedIn(storage);
    storage.refuses = true;
    const done: string[] = [];

    session.signOut().subscribe(() => done.push('first'));
    session.signOut().subscribe(() => done.push('second'));
    expect(done).toEqual([]);
    storage.refuses = false;
    time.advance(3000);

    expect(done).toEqual(['first', 'second']);
    expect(storage.content).toBe('');
  });

  it('fails after 15 s for a caller if the storage is blocked, and goes on removing', async () => {
    const storage = new KeepingStorage();
    const { session, events } = await signedIn(storage);
    storage.refuses = true;
    const outcomes: string[] = [];
    const tell = (error: unknown) => outcomes.push(error instanceof SessionError ? error.code : 'other');

    session.signOut().subscribe({ error: tell });
    session.signOut().subscribe({ error: tell });
    for (let second = 0; second < 14; second++) time.advance(1000);
    expect(outcomes).toEqual([]);
    time.advance(1000);
    expect(outcomes).toEqual(['storageError', 'storageError']);
    expect(events.filter(({ type }) => type === 'error')).toHaveLength(1);

    storage.refuses = false;
    time.advance(60_000);
    expect(storage.content).toBe('');
    expect(time.armedTimers).toBe(0);
  });

  it('clears the storage although the app’s transport throws', async () => {
    const storage = new CountingStorage();
    const throwing: TokenRefresher = {
      refresh: () => EMPTY,
      revoke: () => {
        throw new Error('not a good transport');
      },
    };
    const { session } = startApp({
      config: configFor(emulator),
      time,
      features: [withStorage(storage)],
      providers: [{ provide: TOKEN_REFRESHER, useValue: throwing }],
    });
    await firstValueFrom(session.setTokens(await emulator.signIn('alice')));

    await firstValueFrom(session.signOut());

    expect(storage.content).toBe('');
  });

  describe('asks Cognito, by the app’s transport,', () => {
    /** What it was asked for, in the task of the call: nothing is on its way any more when the command is done. */
    class AskedTransport implements TokenRefresher {
      readonly asked: string[] = [];

      refresh() {
        return EMPTY;
      }

      revoke(refreshToken: string) {
        this.asked.push(`revoke ${refreshToken}`);
        return EMPTY;
      }

      globalSignOut(accessToken: string) {
        this.asked.push(`global ${accessToken}`);
        return EMPTY;
      }
    }

    function open(storage: StorageAdapter, transport: TokenRefresher): SessionApp {
      return startApp({
        config: configFor(emulator),
        time,
        features: [withStorage(storage)],
        providers: [{ provide: TOKEN_REFRESHER, useValue: transport }],
      });
    }

    it.each<[string, SignOutOptions, (tokens: { AccessToken: string; RefreshToken: string }) => string[]]>([
      ['to revoke, once', {}, ({ RefreshToken }) => [`revoke ${RefreshToken}`]],
      ['to revoke if told to', { revoke: true }, ({ RefreshToken }) => [`revoke ${RefreshToken}`]],
      ['for nothing if told so', { revoke: false }, () => []],
      [
        'for the global sign-out alone, which revokes as well',
        { global: true },
        ({ AccessToken }) => [`global ${AccessToken}`],
      ],
      [
        'for the global sign-out, whatever is said of revoking',
        { global: true, revoke: false },
        ({ AccessToken }) => [`global ${AccessToken}`],
      ],
    ])('%s', async (_, options, expected) => {
      const transport = new AskedTransport();
      const { session } = open(new CountingStorage(), transport);
      const tokens = await emulator.signIn('alice');
      await firstValueFrom(session.setTokens(tokens));

      await firstValueFrom(session.signOut(options));

      expect(transport.asked).toEqual(expected(tokens));
    });

    it.each<[string, SignOutOptions, (token: string) => string[]]>([
      ['to revoke what it finds in the storage', {}, (token) => [`revoke ${token}`]],
      ['for nothing if told so', { revoke: false }, () => []],
    ])('%s, when no session had been restored yet', async (_, options, expected) => {
      const inner = new CountingStorage();
      const { RefreshToken } = await firstSignIn(inner);
      const storage = new HeldStorage(inner);
      storage.hold();
      const transport = new AskedTransport();
      const { session } = open(storage, transport);

      const done = firstValueFrom(session.signOut(options));
      storage.release();
      await done;

      expect(transport.asked).toEqual(expected(RefreshToken));
      expect(inner.content).toBe('');
    });

    async function firstSignIn(storage: StorageAdapter): Promise<{ RefreshToken: string }> {
      const tokens = await emulator.signIn('alice');
      await firstValueFrom(open(storage, new AskedTransport()).session.setTokens(tokens));
      time.advance(1);
      return tokens;
    }
  });

  it('ends a session that could not be read at the start', async () => {
    const storage = new CountingStorage();
    await signedIn(storage);
    const read = storage.getItem.bind(storage);
    storage.getItem = () => {
      throw new Error('access denied');
    };
    const { session } = startApp({ config: configFor(emulator), time, features: [withStorage(storage)] });
    expect(session.state()).toEqual({ status: 'signedOut', reason: 'storageUnreadable' });
    storage.getItem = read;

    await firstValueFrom(session.signOut());

    expect(storage.content).toBe('');
  });

  it('disarms every timer', async () => {
    const { session } = await signedIn(new CountingStorage());

    await firstValueFrom(session.signOut());

    expect(time.armedTimers).toBe(0);
  });
});
