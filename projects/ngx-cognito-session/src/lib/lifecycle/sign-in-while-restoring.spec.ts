import { firstValueFrom } from 'rxjs';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { emulatedApp, REFRESH, REVOKE, SECOND } from '../../../testing-support/emulated-app';
import { configFor, startApp, type SessionApp } from '../../../testing-support/session-app';
import { authTokens } from '../../../testing-support/test-tokens';
import { withNoAutoRestore, withStorage } from '../../public-api';

const app = emulatedApp();

/** A page that has yet to look what is stored, and does not before it is asked to. */
function idlePage(storage: CountingStorage): SessionApp {
  return startApp({
    config: configFor(app.emulator),
    time: app.time,
    features: [withStorage(storage), withNoAutoRestore()],
  });
}

describe('a sign-in before the storage has been read', () => {
  it('with older tokens of the stored session takes that one up as it is stored', async () => {
    const storage = new CountingStorage();
    const { AccessToken: accessToken, RefreshToken: refreshToken } = await app.emulator.signIn('alice');
    const before = app.open(storage);
    await firstValueFrom(before.session.setTokens({ AccessToken: accessToken, RefreshToken: refreshToken }));
    app.time.advance(10 * SECOND);
    await firstValueFrom(before.session.forceRefresh());
    const stored = await firstValueFrom(before.session.getTokens());
    const { session, events } = idlePage(storage);

    await firstValueFrom(session.setTokens({ accessToken, refreshToken, expiresAt: 0, clockDrift: 0 }));

    expect(session.isSignedIn()).toBe(true);
    expect(events.map(({ type }) => type)).toEqual(['sessionRestored']);
    expect(await firstValueFrom(session.getTokens())).toEqual(stored);
  });

  it('with its refresh token alone renews that session, and begins none', async () => {
    const storage = new CountingStorage();
    const { RefreshToken: refreshToken } = await app.emulator.signIn('alice');
    const before = app.open(storage);
    await firstValueFrom(before.session.setTokens({ refreshToken }));
    const held = await firstValueFrom(before.session.getTokens());
    const keys = storage.keys();
    const { session, events } = idlePage(storage);

    await firstValueFrom(session.setTokens({ refreshToken: held?.refreshToken ?? '' }));

    expect(events.map(({ type }) => type)).toEqual(['sessionRestored', 'tokenRefreshed']);
    expect([storage.keys(), app.emulator.log.count(REFRESH)]).toEqual([keys, 2]);
  });

  it('of another user tells of that one alone, and revokes what was stored', async () => {
    const storage = new CountingStorage();
    await app.signedIn(storage);
    const { session, events } = idlePage(storage);

    await firstValueFrom(session.setTokens(await app.emulator.signIn('bob')));

    expect(events.map(({ type }) => type)).toEqual(['signedIn']);
    expect(session.user()?.username).toBe('bob');
    await app.emulator.log.whenEnded(REVOKE, 1);
    expect(app.emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
  });

  it('succeeds although what is stored is not ours', async () => {
    const storage = new CountingStorage();
    await app.signedIn(storage);
    const [key = ''] = storage.keys();
    const value = JSON.parse(storage.getItem(key) ?? '') as object;
    const foreign = authTokens({ iat: Math.floor(app.time.now() / 1000) });
    storage.setItem(key, JSON.stringify({ ...value, tokens: foreign }));
    const { session } = idlePage(storage);

    const signedIn = await firstValueFrom(session.setTokens(await app.emulator.signIn('alice')));

    expect(signedIn.user.username).toBe('alice');
  });

  it('succeeds although nothing that is stored can be read', async () => {
    const storage = new CountingStorage();
    storage.getItem = () => {
      throw new Error('access denied');
    };
    const { session } = idlePage(storage);

    const signedIn = await firstValueFrom(session.setTokens(await app.emulator.signIn('alice')));

    expect(signedIn.user.username).toBe('alice');
  });
});
