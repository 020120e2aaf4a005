import { decodeJwt } from 'jose';
import { cookieIn, requestWith, ServerApp } from '../../testing-support/server-app';

let app: ServerApp;
afterEach(() => app.close());

describe('a session', () => {
  it('belongs to the requests that carry its cookie', async () => {
    app = await ServerApp.start();
    const cookie = await app.signIn();

    const session = await app.sessions.get(requestWith(cookie));

    expect(session?.user.username).toBe('alice');
    expect(decodeJwt((await session?.accessToken()) ?? '')).toMatchObject({ username: 'alice' });
    expect(await app.sessions.get(requestWith(''))).toBeNull();
  });

  it('is seen by every instance', async () => {
    app = await ServerApp.start();
    const cookie = await app.signIn();

    expect((await app.instance().get(requestWith(cookie)))?.user.username).toBe('alice');
  });

  it('is refreshed when its tokens have expired', async () => {
    app = await ServerApp.start();
    const cookie = await app.signIn();
    const before = await (await app.sessions.get(requestWith(cookie)))?.accessToken();
    app.expireTokens();

    const after = await (await app.sessions.get(requestWith(cookie)))?.accessToken();

    expect(after).not.toBe(before);
    expect(app.emulator.accessTokenStatus(after ?? '').isValid).toBe(true);
    expect(app.refreshCount()).toBe(1);
  });

  it('ends with the sign-out, and leaves no live refresh token', async () => {
    app = await ServerApp.start();
    const cookie = await app.signIn();

    const { hadSession, setCookie } = await app.sessions.signOut(requestWith(cookie));

    expect(hadSession).toBe(true);
    expect(cookieIn(setCookie)).toBe('__Host-session=');
    expect(setCookie).toContain('Max-Age=0');
    expect(await app.sessions.get(requestWith(cookie))).toBeNull();
    expect(app.emulator.liveRefreshTokens()).toEqual([]);
  });
});
