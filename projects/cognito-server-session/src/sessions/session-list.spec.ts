import { MASTER_KEY, requestWith, ServerApp } from '../../testing-support/server-app';
import { WatchedStore } from '../../testing-support/watched-store';
import { MemorySessionStore } from '../store/memory-session-store';

let app: ServerApp;
afterEach(() => app.close());

const withAgent = (userAgent: string) => requestWith('', '/', { headers: { 'user-agent': userAgent } });

describe('the sessions of a user', () => {
  it('are listed with what a person recognises, for the user alone', async () => {
    app = await ServerApp.start();
    const phone = await app.signIn('alice', withAgent('Phone'));
    app.time.advance(1000);
    await app.signIn('alice', withAgent('Laptop'));
    await app.signIn('bob');

    const sessions = await app.sessions.list(requestWith(phone));

    expect(sessions.map(({ userAgent, isCurrent }) => [userAgent, isCurrent])).toEqual([
      ['Phone', true],
      ['Laptop', false],
    ]);
    expect(sessions[1]?.createdAt.getTime()).toBe(app.time.now());
  });

  it('are for signed-in users', async () => {
    app = await ServerApp.start();

    await expect(app.sessions.list(requestWith(''))).rejects.toMatchObject({
      name: 'NoSessionError',
      status: 401,
    });
    await expect(app.sessions.end(requestWith(''), 'x')).rejects.toMatchObject({ name: 'NoSessionError' });
  });

  it('can be ended from another device; with the master key they are revoked as well', async () => {
    app = await ServerApp.start({ masterKey: MASTER_KEY });
    const [phone, laptop] = [await app.signIn(), await app.signIn()];
    const id = (await app.sessions.get(requestWith(phone)))?.id ?? '';

    expect(await app.sessions.end(requestWith(laptop), id)).toEqual({ removed: 1, notRevoked: 0 });

    expect(await app.sessions.get(requestWith(phone))).toBeNull();
    expect(await app.sessions.get(requestWith(laptop))).not.toBeNull();
    expect(app.emulator.liveRefreshTokens()).toHaveLength(1);
  });

  it('are removed without the master key, and the answer counts what was not revoked', async () => {
    app = await ServerApp.start();
    const [phone, laptop] = [await app.signIn(), await app.signIn()];
    const id = (await app.sessions.get(requestWith(phone)))?.id ?? '';

    expect(await app.sessions.end(requestWith(laptop), id)).toEqual({ removed: 1, notRevoked: 1 });
    expect(await app.sessions.get(requestWith(phone))).toBeNull();
  });

  it('have nothing to revoke without a refresh token', async () => {
    app = await ServerApp.start();
    const laptop = await app.signIn();
    const { AccessToken, IdToken } = await app.emulator.signIn('alice');
    const { session } = await app.sessions.signIn({ AccessToken, IdToken });

    expect(await app.sessions.end(requestWith(laptop), session.id)).toEqual({ removed: 1, notRevoked: 0 });
    expect(app.emulator.log.count('RevokeToken')).toBe(0);
  });

  it('all end except those that the store does not remove, and that is reported', async () => {
    const store = new WatchedStore(new MemorySessionStore());
    app = await ServerApp.start({ store, masterKey: MASTER_KEY });
    const [phone] = [await app.signIn(), await app.signIn()];
    const { sub = '' } = (await app.sessions.get(requestWith(phone)))?.user ?? {};
    store.failWrites('refused');

    await expect(app.sessions.signOutEverywhere(sub)).rejects.toMatchObject({ status: 503 });

    expect(await store.list(sub)).toHaveLength(1);
    expect(app.emulator.liveRefreshTokens()).toHaveLength(1);
  });

  it('can be listed and ended while Cognito cannot be reached', async () => {
    app = await ServerApp.start();
    const [phone, laptop] = [await app.signIn(), await app.signIn()];
    const id = (await app.sessions.get(requestWith(phone)))?.id ?? '';
    app.expireTokens();
    app.emulator.faults.add('GetTokensFromRefreshToken', { kind: 'throttle' });

    expect(await app.sessions.list(requestWith(laptop))).toHaveLength(2);
    expect((await app.sessions.end(requestWith(laptop), id)).removed).toBe(1);

    expect(await app.sessions.list(requestWith(laptop))).toHaveLength(1);
    expect(app.refreshCount()).toBe(0);
  });

  it('are shown to no session that is over by the clock', async () => {
    app = await ServerApp.start({ idleTimeoutSeconds: 600 });
    const [phone, laptop] = [await app.signIn(), await app.signIn()];
    app.time.advance(599_000);
    await app.sessions.list(requestWith(laptop));
    app.time.advance(1000);

    await expect(app.sessions.list(requestWith(phone))).rejects.toMatchObject({ name: 'NoSessionError' });
    expect(await app.sessions.list(requestWith(laptop))).toHaveLength(1);
  });

  it('of another user cannot be ended', async () => {
    app = await ServerApp.start({ masterKey: MASTER_KEY });
    const [alice, bob] = [await app.signIn('alice'), await app.signIn('bob')];
    const id = (await app.sessions.get(requestWith(bob)))?.id ?? '';

    expect(await app.sessions.end(requestWith(alice), id)).toEqual({ removed: 0, notRevoked: 0 });
    expect(await app.sessions.get(requestWith(bob))).not.toBeNull();
  });

  it('all end with signOutEverywhere, refreshed ones included', async () => {
    app = await ServerApp.start({ masterKey: MASTER_KEY });
    const cookies = [await app.signIn(), await app.signIn()];
    const { sub } = (await app.sessions.get(requestWith(cookies[0] ?? '')))?.user ?? { sub: '' };
    app.expireTokens();
    await app.sessions.get(requestWith(cookies[0] ?? ''));

    expect(await app.sessions.signOutEverywhere(sub)).toEqual({ removed: 2, notRevoked: 0 });

    for (const cookie of cookies) expect(await app.sessions.get(requestWith(cookie))).toBeNull();
    expect(app.emulator.liveRefreshTokens()).toEqual([]);
  });

  it('are revoked with a master key that was rotated since', async () => {
    app = await ServerApp.start({ masterKey: MASTER_KEY });
    const cookie = await app.signIn();
    const { sub } = (await app.sessions.get(requestWith(cookie)))?.user ?? { sub: '' };
    const rotated = app.instance({ masterKey: ['B'.repeat(42) + 'A', MASTER_KEY] });

    expect(await rotated.signOutEverywhere(sub)).toEqual({ removed: 1, notRevoked: 0 });
  });

  it.each([
    [
      'are sealed with the newer master key by their next refresh, so that the older one can be removed',
      true,
    ],
    ['need the older master key until their next refresh', false],
  ])('%s', async (_, isRefreshed) => {
    app = await ServerApp.start({ masterKey: MASTER_KEY });
    const cookie = await app.signIn();
    const newer = 'B'.repeat(42) + 'A';
    const both = app.instance({ masterKey: [newer, MASTER_KEY] });
    if (isRefreshed) app.expireTokens();
    const { sub } = (await both.get(requestWith(cookie)))?.user ?? { sub: '' };

    const ended = await app.instance({ masterKey: newer }).signOutEverywhere(sub);

    expect(ended).toEqual({ removed: 1, notRevoked: isRefreshed ? 0 : 1 });
    expect(app.emulator.liveRefreshTokens()).toHaveLength(ended.notRevoked);
  });

  it('are not revoked by way of another row that their sealed tokens were copied to', async () => {
    app = await ServerApp.start({ masterKey: MASTER_KEY });
    const [alice, bob] = [await app.signIn('alice'), await app.signIn('bob')];
    const subOf = async (cookie: string) => (await app.sessions.get(requestWith(cookie)))?.user.sub ?? '';
    const [[source], [target]] = [
      await app.store.list(await subOf(alice)),
      await app.store.list(await subOf(bob)),
    ];
    if (source === undefined || target === undefined) throw new Error('A row is missing.');
    await app.store.update(target, {}, { revocable: source.revocable });

    expect(await app.sessions.signOutEverywhere(target.sub)).toEqual({ removed: 1, notRevoked: 1 });
    expect(app.emulator.liveRefreshTokens({ username: 'alice' })).toHaveLength(1);
  });

  it('count as not revoked if Cognito cannot be reached', async () => {
    app = await ServerApp.start({ masterKey: MASTER_KEY });
    const cookie = await app.signIn();
    const { sub } = (await app.sessions.get(requestWith(cookie)))?.user ?? { sub: '' };
    app.emulator.faults.add('RevokeToken', { kind: 'throttle' });

    expect(await app.sessions.signOutEverywhere(sub)).toEqual({ removed: 1, notRevoked: 1 });
  });
});
