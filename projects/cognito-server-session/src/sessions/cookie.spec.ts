import { requestWith, ServerApp } from '../../testing-support/server-app';
import { WatchedStore } from '../../testing-support/watched-store';

let app: ServerApp;
beforeEach(async () => {
  app = await ServerApp.start();
});
afterEach(() => app.close());

async function cookieThatEnded(): Promise<string> {
  const cookie = await app.signIn('bob');
  await app.sessions.signOut(requestWith(cookie));
  return cookie;
}

const get = (cookie: string) => app.sessions.get(requestWith(cookie));

describe('a cookie', () => {
  it.each([
    ['with another secret', (cookie: string) => cookie.replace(/\.[\w-]{43}/, `.${'A'.repeat(43)}`)],
    [
      'with a changed secret',
      (cookie: string) => `${cookie.slice(0, -2)}${cookie.endsWith('AA') ? 'BE' : 'AA'}`,
    ],
    ['that is truncated', (cookie: string) => cookie.slice(0, -1)],
    ['that is longer', (cookie: string) => `${cookie}A`],
    ['without a secret', (cookie: string) => cookie.split('.')[0] ?? ''],
    ['without a user', (cookie: string) => cookie.replace(/=[\w-]+\./, '=.')],
    ['with a third part', (cookie: string) => `${cookie}.x`],
    ['that is not base64url', (cookie: string) => cookie.replace(/=./, '=+')],
    ['with another spelling of its name', (cookie: string) => cookie.replace('__Host-', '__host-')],
    ['whose name only ends alike', (cookie: string) => `x${cookie}`],
    ['without its prefix', (cookie: string) => cookie.replace('__Host-', '')],
    ['that names an endless user', (cookie: string) => cookie.replace(/=[\w-]+/, `=${'A'.repeat(4000)}`)],
    ['that comes twice, with another value before it', (cookie: string) => `__Host-session=x; ${cookie}`],
    ['that comes twice, with another value behind it', (cookie: string) => `${cookie};__Host-session=`],
    ['that is empty', () => '__Host-session='],
    ['that is a JWT', () => '__Host-session=eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.'],
  ])('%s has no session, and the real one goes on', async (_, change) => {
    const cookie = await app.signIn();

    expect(await get(change(cookie))).toBeNull();
    expect(await get(cookie)).not.toBeNull();
  });

  it('with the user of one session and the secret of another has no session', async () => {
    const [alice, bob] = [await app.signIn('alice'), await app.signIn('bob')];

    expect(await get(`${alice.split('.')[0] ?? ''}.${bob.split('.')[1] ?? ''}`)).toBeNull();
  });

  it('of a session that has ended has no session', async () => {
    const cookie = await app.signIn();
    await app.sessions.signOut(requestWith(cookie));

    expect(await get(cookie)).toBeNull();
  });

  it.each([
    ['between others', (cookie: string) => `a=1; ${cookie}; b=2`],
    ['joined without a space', (cookie: string) => `a=1;${cookie};b=2`],
    ['behind a tab', (cookie: string) => `a=1;\t${cookie}`],
    ['twice with the same value', (cookie: string) => `${cookie}; ${cookie}`],
  ])('%s is found', async (_, around) => {
    expect(await get(around(await app.signIn()))).not.toBeNull();
  });

  it.each([
    ['a session of another user', async () => app.signIn('bob')],
    ['a session that has ended', async () => cookieThatEnded()],
  ])('that another host has planted beside the own one gives no session: %s', async (_, planted) => {
    const [own, other] = [await app.signIn('alice'), await planted()];

    expect(await get(`${other}; ${own}`)).toBeNull();
    expect(await get(`${own}; ${other}`)).toBeNull();
  });

  it('costs no read of the store unless this package may have written it', async () => {
    const cookie = await app.signIn();
    const store = new WatchedStore(app.store);
    const instance = app.instance({ store });

    for (const value of ['x', `${'A'.repeat(4000)}.${'A'.repeat(43)}`, cookie.slice(0, -1)])
      await instance.get(requestWith(`__Host-session=${value}`));

    expect(store.calls).toEqual([]);
  });

  it('does not open the row of another session, even if the store gives it', async () => {
    const [cookie, other] = [await app.signIn(), await app.signIn()];
    const { store } = app;
    const [, second] = await store.list((await get(cookie))?.user.sub ?? '');
    const confused = app.instance({
      store: Object.assign(Object.create(store), { read: () => Promise.resolve(second) }),
    });

    expect(await confused.get(requestWith(cookie))).toBeNull();
    expect(await get(other)).not.toBeNull();
  });

  it('does not open tokens that were moved from another row', async () => {
    const cookie = await app.signIn();
    const { sub } = (await get(cookie))?.user ?? { sub: '' };
    const [row] = await app.store.list(sub);
    const other = await app.signIn();
    const target = (await app.store.list(sub)).find(({ sidHash }) => sidHash !== row?.sidHash);
    if (row !== undefined && target !== undefined)
      await app.store.update(target, {}, { tokens: row.tokens, refreshToken: row.refreshToken });

    expect(await get(other)).toBeNull();
  });
});

describe('the stored row', () => {
  it('of another app client has no session: the log says so, and no request fails', async () => {
    const cookie = await app.signIn();
    const { sub } = (await get(cookie))?.user ?? {};
    const other = app.instance({ clientId: 'another-client' });

    expect(await other.get(requestWith(cookie))).toBeNull();
    expect(app.logged).toEqual([
      { level: 'error', message: 'A session could not be read.', details: { sub } },
    ]);
  });

  it('whose refresh token alone does not open has no session: the log says so, and Cognito is not called', async () => {
    const cookie = await app.signIn();
    const session = await get(cookie);
    if (session === null) throw new Error('There is no session.');
    const key = { sub: session.user.sub, sidHash: session.id };
    await app.store.update(key, {}, { refreshToken: 'AAAAAAAAAAAAAAAA.AAAA' });
    app.expireTokens();

    expect(await get(cookie)).toBeNull();
    expect(app.logged).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'A session could not be read.' }),
    );
    expect(app.refreshCount()).toBe(0);
  });

  it('holds neither the secret nor a token', async () => {
    const tokens = await app.emulator.signIn('alice');
    const { setCookie, session } = await app.sessions.signIn(tokens);

    const stored = JSON.stringify(await app.store.list(session.user.sub));

    const secret = /\.([\w-]{43})/.exec(setCookie)?.[1] ?? '';
    expect(secret).toHaveLength(43);
    expect(stored).not.toContain(secret);
    for (const token of [tokens.AccessToken, tokens.IdToken, tokens.RefreshToken])
      expect(stored).not.toContain(token);
  });
});
