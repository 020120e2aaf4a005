import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { startEmulator } from 'cognito-emulator';
import { slowAnswer } from '../../testing-support/dying-fetch';
import {
  CLIENT_ID,
  cookieIn,
  fetchWithoutKeys,
  localFetch,
  requestWith,
  ServerApp,
} from '../../testing-support/server-app';
import { WatchedStore } from '../../testing-support/watched-store';
import { MemorySessionStore } from '../store/memory-session-store';

let app: ServerApp;
afterEach(() => app.close());

const refused = { name: 'InvalidTokensError', status: 400 };

describe('a sign-in', () => {
  it('writes one cookie: host-only, out of reach for scripts, for the life of the session, and without a token', async () => {
    app = await ServerApp.start();
    const tokens = await app.emulator.signIn('alice');

    const { setCookie } = await app.sessions.signIn(tokens);

    expect(setCookie).toMatch(
      /^__Host-session=[\w-]+\.[\w-]{43}; Max-Age=(2592000|2591999); Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    for (const token of Object.values(tokens)) expect(setCookie).not.toContain(String(token));
  });

  it('writes a Strict cookie if the app asks for it', async () => {
    app = await ServerApp.start({ sameSite: 'Strict' });

    const { setCookie } = await app.sessions.signIn(await app.emulator.signIn('alice'));

    expect(setCookie).toContain('; SameSite=Strict');
  });

  it('takes tokens in the shape of the SDK, of OAuth and of this library', async () => {
    app = await ServerApp.start();
    const { AccessToken, IdToken, RefreshToken } = await app.emulator.signIn('alice');
    const inputs = [
      { AccessToken, IdToken, RefreshToken },
      { access_token: AccessToken, id_token: IdToken, refresh_token: RefreshToken },
      { accessToken: AccessToken, idToken: IdToken, refreshToken: RefreshToken, expiresAt: 0, clockDrift: 0 },
    ];

    for (const input of inputs)
      expect((await app.sessions.signIn(input)).session.user.username).toBe('alice');
  });

  it.each([
    ['without a token', () => ({ AccessToken: undefined })],
    ['with a refresh token alone', () => ({ refreshToken: 'x' })],
    ['with a text that is no token', () => ({ AccessToken: 'nonsense' })],
    [
      'with an ID token in place of the access token',
      async () => ({ AccessToken: (await app.emulator.signIn('alice')).IdToken }),
    ],
    [
      'with tokens of two users',
      async () => ({
        ...(await app.emulator.signIn('alice')),
        IdToken: (await app.emulator.signIn('bob')).IdToken,
      }),
    ],
    [
      'with a changed signature',
      async () => {
        const { AccessToken } = await app.emulator.signIn('alice');
        const [header = '', , signature = ''] = AccessToken.split('.');
        const claims = { ...decodeJwt(AccessToken), sub: 'somebody-else' };
        const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
        return { AccessToken: [header, payload, signature].join('.') };
      },
    ],
    [
      'with a key of its own',
      async () => {
        const { AccessToken } = await app.emulator.signIn('alice');
        const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
        const jwk = await exportJWK(publicKey);
        const { kid = '' } = decodeProtectedHeader(AccessToken);
        const token = new SignJWT(decodeJwt(AccessToken)).setProtectedHeader({ alg: 'RS256', kid, jwk });
        return { AccessToken: await token.sign(privateKey) };
      },
    ],
    [
      'without a signature',
      async () => {
        const { AccessToken } = await app.emulator.signIn('alice');
        const header = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
        return { AccessToken: `${header}.${AccessToken.split('.')[1] ?? ''}.x` };
      },
    ],
  ])('%s is refused', async (_, input) => {
    app = await ServerApp.start();

    await expect(app.sessions.signIn(await input())).rejects.toMatchObject(refused);
  });

  it('with tokens of another app client is refused', async () => {
    app = await ServerApp.start();
    const other = app.instance({ clientId: 'another-client' });

    await expect(other.signIn(await app.emulator.signIn('alice'))).rejects.toMatchObject(refused);
  });

  it('with tokens of another user pool is refused', async () => {
    app = await ServerApp.start();
    const pools = [{ id: 'eu-west-1_Another99', clients: [{ clientId: CLIENT_ID }] }];
    const foreign = await startEmulator({ clock: app.time.clock, pools });
    const tokens = await foreign.signIn('alice');
    await foreign.close();

    await expect(app.sessions.signIn(tokens)).rejects.toMatchObject(refused);
  });

  it('with expired tokens is refused', async () => {
    app = await ServerApp.start();
    const tokens = await app.emulator.signIn('alice');
    app.expireTokens();

    await expect(app.sessions.signIn(tokens)).rejects.toMatchObject(refused);
  });

  it('that is over before it begins is refused by the name of the option, and revokes nothing', async () => {
    app = await ServerApp.start({ refreshTokenValidityDays: 0.04 });
    const before = await app.signIn();
    const tokens = await app.emulator.signIn('alice');
    app.time.advance(3_456_000);

    await expect(app.sessions.signIn(tokens, requestWith(before))).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining('refreshTokenValidityDays'),
    });

    expect(app.emulator.liveRefreshTokens()).toHaveLength(2);
  });

  it('without the keys of the pool answers 503: that says nothing about the tokens', async () => {
    app = await ServerApp.start();
    const tokens = await app.emulator.signIn('alice');
    const sessions = app.instance({ fetch: fetchWithoutKeys });

    await expect(sessions.signIn(tokens)).rejects.toMatchObject({ status: 503 });
  });

  it('asks for the keys of the pool once', async () => {
    app = await ServerApp.start();
    const asked: string[] = [];
    const sessions = app.instance({
      fetch: (...call) => {
        asked.push(String(call[0]));
        return localFetch(...call);
      },
    });

    for (const username of ['alice', 'bob']) await sessions.signIn(await app.emulator.signIn(username));

    expect(asked).toEqual([`${app.emulator.url}/${app.emulator.userPoolId}/.well-known/jwks.json`]);
  });

  it('waits for the keys of the pool for eight seconds at most', async () => {
    app = await ServerApp.start();
    const tokens = await app.emulator.signIn('alice');
    const slow = slowAnswer('/jwks.json');
    const sessions = app.instance({ fetch: slow.fetch });
    const refusedForNow = expect(sessions.signIn(tokens)).rejects.toMatchObject({
      status: 503,
      reason: 'timeout',
      retryAfterSeconds: 1,
    });
    await slow.held;

    app.time.advance(8000);

    await refusedForNow;
    slow.deliver();
    expect((await sessions.signIn(tokens)).session.user.username).toBe('alice');
  });

  it('gets a new secret each time: a planted cookie is worth nothing', async () => {
    app = await ServerApp.start();
    const planted = await app.signIn('bob');

    const { setCookie } = await app.sessions.signIn(await app.emulator.signIn('alice'), requestWith(planted));

    expect(cookieIn(setCookie)).not.toBe(planted);
    expect(await app.sessions.get(requestWith(planted))).toBeNull();
    expect((await app.sessions.get(requestWith(cookieIn(setCookie))))?.user.username).toBe('alice');
  });

  it('ends the session of the cookie that came along, and revokes its tokens', async () => {
    app = await ServerApp.start();
    const before = await app.signIn();

    await app.signIn('alice', requestWith(before));

    expect(await app.sessions.get(requestWith(before))).toBeNull();
    expect(app.emulator.liveRefreshTokens()).toHaveLength(1);
  });

  it('with the tokens that the session has already keeps them alive', async () => {
    app = await ServerApp.start();
    const tokens = await app.emulator.signIn('alice');
    const before = cookieIn((await app.sessions.signIn(tokens)).setCookie);

    const after = cookieIn((await app.sessions.signIn(tokens, requestWith(before))).setCookie);

    expect(app.emulator.liveRefreshTokens()).toHaveLength(1);
    expect(await app.sessions.get(requestWith(after))).not.toBeNull();
  });

  it.each(['refused', 'appliedThenReset'] as const)(
    'that the store fails answers 503 and leaves no session, and the app may try again: %s',
    async (fault) => {
      const store = new WatchedStore(new MemorySessionStore());
      app = await ServerApp.start({ store });
      const tokens = await app.emulator.signIn('alice');
      store.failWrites(fault);

      await expect(app.sessions.signIn(tokens)).rejects.toMatchObject({ status: 503 });

      expect(await store.list(decodeJwt(tokens.AccessToken).sub ?? '')).toEqual([]);
      const { session } = await app.sessions.signIn(tokens);
      expect(app.emulator.accessTokenStatus(await session.accessToken()).isValid).toBe(true);
      expect(app.emulator.liveRefreshTokens()).toHaveLength(1);
    },
  );

  it('that cannot end the session of the cookie answers 503 and leaves that session alone', async () => {
    const store = new WatchedStore(new MemorySessionStore());
    app = await ServerApp.start({ store });
    const before = await app.signIn();
    const { sub = '' } = (await app.sessions.get(requestWith(before)))?.user ?? {};
    const tokens = await app.emulator.signIn('alice');
    store.interleave('create', () => {
      store.failWrites('refused');
      return Promise.resolve();
    });

    await expect(app.sessions.signIn(tokens, requestWith(before))).rejects.toMatchObject({ status: 503 });

    expect(await store.list(sub)).toHaveLength(1);
    expect(await app.sessions.get(requestWith(before))).not.toBeNull();
  });

  it('without a refresh token lasts as long as the tokens', async () => {
    app = await ServerApp.start();
    const { AccessToken, IdToken } = await app.emulator.signIn('alice');
    const { setCookie } = await app.sessions.signIn({ AccessToken, IdToken });
    expect(await app.sessions.get(requestWith(cookieIn(setCookie)))).not.toBeNull();

    app.expireTokens();

    expect(await app.sessions.get(requestWith(cookieIn(setCookie)))).toBeNull();
    expect(app.refreshCount()).toBe(0);
  });
});
