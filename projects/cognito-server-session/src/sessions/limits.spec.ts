import { requestWith, ServerApp, type ServerAppOptions } from '../../testing-support/server-app';
import { WatchedStore } from '../../testing-support/watched-store';
import { MemorySessionStore } from '../store/memory-session-store';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

let app: ServerApp;
let store: WatchedStore;
let cookie: string;

async function start(options: ServerAppOptions = {}) {
  store = new WatchedStore(new MemorySessionStore());
  app = await ServerApp.start({ store, ...options });
  cookie = await app.signIn();
  store.calls.length = 0;
}

afterEach(() => app.close());

const get = () => app.sessions.get(requestWith(cookie));

describe('a request with a valid session', () => {
  it('costs one read and no write', async () => {
    await start();

    await (await get())?.accessToken();

    expect(store.calls).toEqual(['read']);
  });

  it('writes the last-seen time once in five minutes, however many requests there are', async () => {
    await start();
    app.time.advance(5 * MINUTE_MS - 1);
    await get();
    expect(store.calls).toEqual(['read']);
    app.time.advance(1);

    await get();
    await Promise.all([get(), get()]);

    expect(store.calls.filter((call) => call === 'update')).toHaveLength(1);
  });

  it('does not fail because the last-seen time cannot be written', async () => {
    await start();
    app.time.advance(5 * MINUTE_MS);
    store.failWrites('refused');

    expect(await get()).not.toBeNull();
    expect(app.logged).toEqual([
      { level: 'warn', message: 'The last-seen time was not stored.', details: { code: 'Error' } },
    ]);
  });

  it('is reported by the name of the error if the store cannot read', async () => {
    await start();
    const throttled = Object.assign(new Error('secret'), { name: 'ThrottlingException' });
    const broken = Object.assign(Object.create(store), { read: () => Promise.reject(throttled) });

    await expect(app.instance({ store: broken }).get(requestWith(cookie))).rejects.toMatchObject({
      status: 503,
    });
    expect(app.logged).toEqual([
      { level: 'error', message: 'The session store failed.', details: { code: 'ThrottlingException' } },
    ]);
  });

  it('does not bring a session back that was removed in the meantime', async () => {
    await start();
    app.time.advance(5 * MINUTE_MS);
    store.holdReadsUntil(2);
    const late = get();

    await app.instance().signOut(requestWith(cookie));
    await late;

    expect(await get()).toBeNull();
  });
});

describe('the deadline', () => {
  it('ends the session, however busy it is, and removes it', async () => {
    await start({ refreshTokenValidityDays: 2, settings: { refreshTokenSeconds: 10 * 86_400 } });
    app.time.advance(2 * DAY_MS - 2 * MINUTE_MS);
    const session = await get();
    expect(session?.endsAt?.getTime()).toBeLessThanOrEqual(app.time.now() + 2 * MINUTE_MS);
    app.time.advance(2 * MINUTE_MS);

    expect(await get()).toBeNull();
    expect(await store.list(session?.user.sub ?? '')).toEqual([]);
    expect(app.emulator.liveRefreshTokens()).toEqual([]);
  });

  it('is not moved by a refresh', async () => {
    await start();
    const before = (await get())?.endsAt;
    app.expireTokens();

    expect((await get())?.endsAt).toEqual(before);
  });
});

describe('the idle limit', () => {
  it('ends a session that had no request for so long', async () => {
    await start({ idleTimeoutSeconds: 1800 });
    app.time.advance(30 * MINUTE_MS - 1);
    expect(await get()).not.toBeNull();
    app.time.advance(30 * MINUTE_MS);

    expect(await get()).toBeNull();
    expect(app.emulator.liveRefreshTokens()).toEqual([]);
  });

  it('does not end the session of an active user while Cognito cannot be reached', async () => {
    await start({ idleTimeoutSeconds: 600 });
    for (let past = 0; past < 7; past++) {
      app.time.advance(500_000);
      await get();
    }
    app.time.advance(100_000);

    for (let past = 0; past < 12; past++) {
      app.emulator.faults.clear();
      app.emulator.faults.add('GetTokensFromRefreshToken', { kind: 'throttle' });
      await expect(get()).rejects.toMatchObject({ status: 503 });
      app.time.advance(75_000);
    }
    app.emulator.faults.clear();

    expect(await get()).not.toBeNull();
  });

  it('ends a session although the store does not remove it', async () => {
    await start({ idleTimeoutSeconds: 1800 });
    app.time.advance(30 * MINUTE_MS);
    store.failWrites('refused');

    expect(await get()).toBeNull();
    expect(app.logged).toEqual([
      { level: 'error', message: 'The session store failed.', details: { code: 'Error' } },
      {
        level: 'warn',
        message: 'A session that is over was not removed.',
        details: { code: 'SessionUnavailableError' },
      },
    ]);
  });

  it('is off by default', async () => {
    await start();
    app.time.advance(20 * DAY_MS);

    expect(await get()).not.toBeNull();
  });
});
