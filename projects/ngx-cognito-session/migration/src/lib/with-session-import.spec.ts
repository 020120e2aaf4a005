import { inject } from '@angular/core';
import { SessionService, withIndexedDb, type SessionFeature, type TokenInput } from 'ngx-cognito-session';
import { firstValueFrom } from 'rxjs';
import { emulatedApp, REFRESH } from '../../../testing-support/emulated-app';
import { replaceProperty, throwSecurityError } from '../../../testing-support/replaced-global';
import { fillStorage, itemNames, recordingOf } from '../../../testing-support/recorded-storage';
import { configFor, startApp, type SessionApp } from '../../../testing-support/session-app';
import { withAmplifyMigration } from './with-amplify-migration';
import { withSessionImport } from './with-session-import';

describe('a session that the app has stored', () => {
  const app = emulatedApp();
  const read = (storage: Storage) => {
    const stored = storage.getItem('tokens');
    return stored === null ? null : (JSON.parse(stored) as TokenInput);
  };

  async function started(...features: SessionFeature[]): Promise<SessionApp> {
    const page = startApp({
      config: configFor(app.emulator),
      time: app.time,
      features: [withIndexedDb(), ...features],
    });
    await firstValueFrom(page.session.initialize());
    return page;
  }

  it.each(['localStorage', 'sessionStorage'] as const)('is imported from %s and removed', async (place) => {
    globalThis[place].setItem('tokens', JSON.stringify(await app.emulator.signIn('alice')));

    const { session, events } = await started(withSessionImport(read));

    expect(session.user()?.username).toBe('alice');
    expect(events.map(({ type }) => type)).toEqual(['sessionRestored']);
    expect(globalThis[place].getItem('tokens')).toBeNull();
  });

  it('loses only the items that were read and hold a token', async () => {
    const { AccessToken, RefreshToken } = await app.emulator.signIn('alice');
    const items = { access: AccessToken, refresh: RefreshToken, scope: 'openid', unread: AccessToken };
    for (const [name, value] of Object.entries(items)) localStorage.setItem(name, value);

    const { session } = await started(
      withSessionImport((storage) => ({
        access_token: storage.getItem('access') ?? '',
        refresh_token: storage['refresh'] as string,
        scope: storage.getItem('scope') ?? '',
      })),
    );

    expect(session.user()?.username).toBe('alice');
    expect(Object.keys(localStorage)).toEqual(expect.arrayContaining(['scope', 'unread']));
    expect(localStorage.getItem('access')).toBeNull();
    expect(localStorage.getItem('refresh')).toBeNull();
  });

  it('is removed by the app if it says how', async () => {
    localStorage.setItem('tokens', JSON.stringify(await app.emulator.signIn('alice')));
    localStorage.setItem('tokens.more', '1');

    await started(withSessionImport(read, { remove: (storage) => storage.clear() }));

    expect(itemNames('localStorage').filter((name) => name.startsWith('tokens'))).toEqual([]);
  });

  it('is found where angular-auth-oidc-client 21 has stored it, as docs/migrate/from-angular-auth-oidc-client.md reads it', async () => {
    const { AccessToken, IdToken, RefreshToken } = await app.emulator.signIn('alice');
    const authnResult = { access_token: AccessToken, id_token: IdToken, refresh_token: RefreshToken };
    const item = { authNonce: 'n', authzData: AccessToken, authnResult, access_token_expires_at: 1 };
    sessionStorage.setItem('0-client1', JSON.stringify(item));

    const { session } = await started(
      withSessionImport((storage) => {
        const text = storage.getItem('0-client1');
        if (text === null) return null;
        const stored = JSON.parse(text) as typeof item;
        return {
          access_token: stored.authzData,
          id_token: stored.authnResult.id_token,
          refresh_token: stored.authnResult.refresh_token,
        };
      }),
    );

    expect((await firstValueFrom(session.getTokens()))?.refreshToken).toBe(RefreshToken);
    expect(sessionStorage).toHaveLength(0);
  });

  it('is not used with a clock drift, whatever its unit', async () => {
    const { AccessToken: accessToken, RefreshToken: refreshToken } = await app.emulator.signIn('alice');
    const stored = { accessToken, refreshToken, expiresAt: 0, clockDrift: 'NaN' };
    localStorage.setItem('tokens', JSON.stringify(stored));

    const { session } = await started(withSessionImport(read));

    expect(session.session()?.clockDrift).toBe(0);
  });

  it('is refreshed first if there is a refresh token alone', async () => {
    const { RefreshToken: refreshToken } = await app.emulator.signIn('alice');
    localStorage.setItem('tokens', JSON.stringify({ refreshToken }));

    const { session } = await started(withSessionImport(read));

    expect(session.user()?.username).toBe('alice');
    expect(app.emulator.log.count(REFRESH)).toBe(1);
    expect(app.emulator.liveRefreshTokens()).toHaveLength(1);
  });

  it('stays where it is if its refresh token alone is refused', async () => {
    localStorage.setItem('tokens', JSON.stringify({ refreshToken: 'unknown' }));

    const { session, events } = await started(withSessionImport(read));

    expect(session.isSignedIn()).toBe(false);
    expect(events).toMatchObject([{ type: 'error', error: { code: 'refreshTokenExpired' } }]);
    expect(localStorage.getItem('tokens')).not.toBeNull();
  });

  it.each<[string, () => TokenInput | null]>([
    ['throws', throwSecurityError],
    ['returns no token', () => ({})],
    ['returns what is not a token', () => ({ access_token: 'no JWT' })],
  ])('does not keep the app from starting if the function %s', async (_, broken) => {
    const { session, logged } = await started(withSessionImport(broken));

    expect(session.state()).toEqual({ status: 'signedOut', reason: 'noSession' });
    expect(logged.filter(({ level }) => level === 'error')).not.toHaveLength(0);
  });

  it('is read in an injection context', async () => {
    let seen: unknown = null;

    const { session } = await started(
      withSessionImport(() => {
        seen = inject(SessionService);
        return null;
      }),
    );

    expect(seen).toBe(session);
  });

  it('comes in the order of the features, and the next one is taken if the first has none', async () => {
    await fillStorage(app.emulator, recordingOf('aws-amplify 6'));

    const { session, logged } = await started(withSessionImport(read), withAmplifyMigration());

    expect(session.user()?.username).toBe('alice');
    expect(logged.filter(({ text }) => text.includes('more than once'))).toEqual([]);
  });

  it('is not looked for in a storage that the browser refuses', async () => {
    const undo = replaceProperty(window, 'localStorage', { get: throwSecurityError });
    sessionStorage.setItem('tokens', JSON.stringify(await app.emulator.signIn('alice')));

    const { session } = await started(withSessionImport(read));
    undo();

    expect(session.user()?.username).toBe('alice');
  });

  it('is not imported by an app whose parent injector asks for it', async () => {
    localStorage.setItem('tokens', JSON.stringify(await app.emulator.signIn('alice')));
    const never: SessionFeature = { ɵkind: 'logger', ɵproviders: withSessionImport(read).ɵproviders };
    const page = startApp({
      config: configFor(app.emulator),
      time: app.time,
      features: [withIndexedDb()],
      providers: never.ɵproviders.slice(0, 1),
    });

    await firstValueFrom(page.session.initialize());

    expect(page.session.isSignedIn()).toBe(false);
  });
});
