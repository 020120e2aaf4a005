import { firstValueFrom } from 'rxjs';
import { servedSession } from '../../../testing-support/fake-session-server';
import { serverSessionScene } from '../../../testing-support/server-session-scene';
import { errorOf, nextStatus, type SessionTab } from '../../../testing-support/session-app';
import { turns, until } from '../../../testing-support/turns';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const GET = 'GET /auth/session';
const SIGN_OUT = 'POST /auth/signout';

const scene = serverSessionScene();

const served = (more: Parameters<typeof servedSession>[1] = {}) => servedSession(scene.time.now(), more);
const types = ({ events }: SessionTab) => events.map(({ type }) => type);
const statuses = ({ states }: SessionTab) => states.map(({ status }) => status);

/** A page whose user is signed in, and has been before. */
async function signedIn(more: Parameters<typeof servedSession>[1] = {}): Promise<SessionTab> {
  scene.server.session = served(more);
  const page = scene.open();
  await nextStatus(page.session, 'signedIn');
  page.events.length = 0;
  return page;
}

describe('the state', () => {
  it('is restoring until the server has answered, then the session, without a token', async () => {
    scene.server.session = served();
    const page = scene.open();
    expect(page.session.state()).toEqual({ status: 'restoring' });

    await nextStatus(page.session, 'signedIn');

    const session = page.session.session();
    expect(session).toMatchObject({
      user: { sub: 'alice-id', username: 'alice', email: 'alice@example.com' },
      groups: ['admins'],
      scopes: ['openid', 'email'],
      endsAt: new Date(scene.time.now() + 30 * DAY),
      expiresAt: new Date(scene.time.now() + HOUR),
    });
    expect(session?.hasGroup('admins')).toBe(true);
    expect(JSON.stringify(page.states)).not.toContain('eyJ');
  });

  it('is signed out if the server says so', async () => {
    const page = scene.open();

    await nextStatus(page.session, 'signedOut');

    expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'noSession' });
    expect(types(page)).toEqual([]);
  });

  it('comes from one request of this origin with the static header, which leaves the cache alone', async () => {
    await signedIn();

    expect(scene.server.calls.map(({ route }) => route)).toEqual([GET]);
    expect(scene.server.calls[0]?.init).toMatchObject({
      headers: { 'X-CSRF': '1' },
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
    });
  });

  it('comes from another base path', async () => {
    scene.server.session = served();
    const page = scene.open({ options: { basePath: '/api/session/' } });

    await nextStatus(page.session, 'signedIn');

    expect(scene.server.calls.map(({ route }) => route)).toEqual(['GET /api/session/session']);
  });

  it.each(['auth', '//evil.example', '/a/../b', '/auth?x=1', 'https://app.example.com/auth', '/', ''])(
    'has no base path %j',
    (basePath) => {
      expect(() => scene.open({ options: { basePath } })).toThrow(/basePath/);
    },
  );

  it.each(['network', 'html', 503, 429, 403, 404, 401] as const)(
    'stays restoring when the answer is %s, and is asked for again',
    async (fault) => {
      scene.server.session = served();
      scene.server.faults.push(fault);
      const page = scene.open();
      await until(() => page.events.length > 0);

      expect(page.session.state()).toEqual({ status: 'restoring' });
      expect(types(page)).toEqual(['error']);
      scene.time.advance(SECOND);
      await nextStatus(page.session, 'signedIn');

      expect(scene.server.count(GET)).toBe(2);
    },
  );

  it('is asked for after growing waits, and one error is reported for all of them', async () => {
    scene.server.isOffline = true;
    const page = scene.open();
    for (const seconds of [1, 2, 4, 8]) {
      const before = scene.server.count(GET);
      await turns();
      scene.time.advance(seconds * SECOND - 1);
      await turns();
      expect(scene.server.count(GET)).toBe(before);
      scene.time.advance(1);
    }
    await turns();

    expect(scene.server.count(GET)).toBe(5);
    expect(types(page)).toEqual(['error']);
    expect(statuses(page)).toEqual(['restoring']);
  });

  it('gives up a request that is not answered within 10 s', async () => {
    scene.server.session = served();
    scene.server.faults.push('hang');
    const page = scene.open();

    scene.time.advance(10 * SECOND);
    await until(() => page.events.length > 0);
    scene.time.advance(SECOND);
    await nextStatus(page.session, 'signedIn');

    expect(page.events[0]).toMatchObject({ type: 'error', error: { code: 'timeout', retryable: true } });
  });

  it('is known within 10 s or not: callers do not wait longer', async () => {
    scene.server.isOffline = true;
    const page = scene.open();
    const session = firstValueFrom(page.session.initialize());
    const refresh = errorOf(page.session.forceRefresh());

    await turns();
    scene.time.advance(10 * SECOND);

    await expect(session).resolves.toBeNull();
    await expect(refresh).resolves.toMatchObject({ code: 'restoreTimeout' });
    expect(page.session.state()).toEqual({ status: 'restoring' });
  });

  it.each([
    ['a session of another shape', { user: {} }],
    ['a list', []],
    ['claims without a user', { ...servedSession(0), accessClaims: { iat: 1, exp: 2 } }],
    ['a time that is none', { ...servedSession(1e12), endsAt: 'tomorrow' }],
    [
      'ID claims of another user',
      { ...servedSession(1e12), idClaims: servedSession(1e12, { sub: 'bob-id' }).idClaims },
    ],
  ])('is not taken from %s', async (_, body) => {
    scene.server.session = body as never;
    const page = scene.open();

    await until(() => page.events.length > 0);

    expect(page.events[0]).toMatchObject({ type: 'error', error: { code: 'invalidResponse' } });
    expect(page.session.state()).toEqual({ status: 'restoring' });
  });
});

describe('events', () => {
  it('tell of a session that was there before, and of one that has just begun', async () => {
    scene.server.session = served();
    const first = scene.open();
    await nextStatus(first.session, 'signedIn');
    const second = scene.open();
    await nextStatus(second.session, 'signedIn');

    expect(first.events).toMatchObject([{ type: 'signedIn', origin: 'thisTab' }]);
    expect(second.events).toMatchObject([{ type: 'sessionRestored', origin: 'thisTab' }]);
  });

  it('tell of tokens that the server has refreshed', async () => {
    const page = await signedIn();
    scene.time.advance(HOUR);
    const { endsAt } = page.session.session() ?? {};
    scene.server.session = { ...served(), endsAt: endsAt?.toISOString() ?? null };

    const session = await firstValueFrom(page.session.forceRefresh());

    expect(types(page)).toEqual(['tokenRefreshed']);
    expect(session.expiresAt).toEqual(new Date(scene.time.now() + HOUR));
    expect(session.endsAt).toEqual(endsAt);
  });

  it('tell of another user', async () => {
    const page = await signedIn();
    scene.server.session = served({ sub: 'bob-id', origin: 'origin-2' });

    page.sleep.next('hidden');
    page.wake.next('visible');
    await until(() => page.events.length > 0);

    expect(page.events).toMatchObject([{ type: 'sessionReplaced', origin: 'otherTab' }]);
    expect(page.session.user()?.username).toBe('bob');
  });
});

describe('commands', () => {
  it.each([
    ['getAccessToken', (page: SessionTab) => page.session.getAccessToken()],
    ['getIdToken', (page: SessionTab) => page.session.getIdToken()],
    ['getTokens', (page: SessionTab) => page.session.getTokens()],
    ['setTokens', (page: SessionTab) => page.session.setTokens({ refreshToken: 'secret' })],
  ] as const)('%s fails: the tokens are on the server', async (_, call) => {
    const page = await signedIn();

    await expect(errorOf(call(page))).resolves.toMatchObject({ code: 'tokensOnServer', retryable: false });

    expect(page.session.isSignedIn()).toBe(true);
    expect(scene.server.calls).toHaveLength(1);
  });

  it('forceRefresh finds a session that the app has begun by a sign-in of its own', async () => {
    const page = scene.open();
    await nextStatus(page.session, 'signedOut');
    scene.server.session = served();

    const session = await firstValueFrom(page.session.forceRefresh());

    expect(session.user.username).toBe('alice');
    expect(page.events).toMatchObject([{ type: 'signedIn', origin: 'thisTab' }]);
  });

  it('forceRefresh fails if no user is signed in, or the server does not say', async () => {
    const page = await signedIn();
    scene.server.faults.push(503);
    await expect(errorOf(page.session.forceRefresh())).resolves.toMatchObject({ code: 'serviceError' });
    expect(page.session.isSignedIn()).toBe(true);

    scene.server.session = null;
    await expect(errorOf(page.session.forceRefresh())).resolves.toMatchObject({ code: 'noSession' });

    expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'refreshTokenExpired' });
  });

  it('initialize is idempotent', async () => {
    scene.server.session = served();
    const page = scene.open();

    await firstValueFrom(page.session.initialize());
    await firstValueFrom(page.session.initialize());

    expect(scene.server.count(GET)).toBe(1);
  });
});

describe('signOut', () => {
  it('signs out in the task of the call, and ends the session at the server', async () => {
    const page = await signedIn();

    const done = firstValueFrom(page.session.signOut());
    expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'signedOut' });
    expect(scene.server.count(SIGN_OUT)).toBe(1);
    await done;

    expect(scene.server.session).toBeNull();
    expect(page.events).toEqual([{ type: 'signedOut', origin: 'thisTab' }]);
    expect(scene.server.calls.at(-1)?.init).toMatchObject({ keepalive: true, headers: { 'X-CSRF': '1' } });
    expect(scene.left).toEqual([]);
    expect(localStorage.length).toBe(0);
  });

  it('goes on to the page of managed login if the app wants that', async () => {
    scene.server.session = served();
    const page = scene.open({ options: { leaveAtSignOut: true } });
    await nextStatus(page.session, 'signedIn');

    await firstValueFrom(page.session.signOut());

    expect(scene.left).toEqual([{ url: scene.server.logoutUrl, isReplaced: false }]);
  });

  it('goes to no other scheme', async () => {
    scene.server.session = served();
    scene.server.logoutUrl = 'javascript:alert(1)';
    const page = scene.open({ options: { leaveAtSignOut: true } });
    await nextStatus(page.session, 'signedIn');

    await firstValueFrom(page.session.signOut());

    expect(scene.left).toEqual([]);
  });

  it('is final: an answer that was on its way brings no session back', async () => {
    const page = await signedIn();
    scene.server.hold();
    const refresh = errorOf(page.session.forceRefresh());

    const done = firstValueFrom(page.session.signOut());
    scene.server.release();
    await done;

    await expect(refresh).resolves.toMatchObject({ code: 'noSession' });
    expect(statuses(page)).toEqual(['restoring', 'signedIn', 'signedOut']);
    expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'signedOut' });
  });

  it('is final: an answer that was requested meanwhile, and arrives later, brings no session back', async () => {
    const page = await signedIn();
    const signOut = scene.server.holdNext(SIGN_OUT, 'request');
    const look = scene.server.holdNext(GET);
    const done = firstValueFrom(page.session.signOut());
    page.sleep.next('hidden');
    page.wake.next('visible');
    await until(() => scene.server.count(GET) === 2);

    signOut.release();
    await done;
    look.release();
    await turns(10);

    expect(statuses(page)).toEqual(['restoring', 'signedIn', 'signedOut']);
  });

  it('says that the session goes on if the server is not reached, and tells it again', async () => {
    const page = await signedIn();
    scene.server.isOffline = true;

    const error = await errorOf(page.session.signOut());

    expect(error).toMatchObject({ code: 'networkError', message: expect.stringContaining('goes on') });
    expect(types(page)).toEqual(['signedOut', 'error']);
    scene.server.isOffline = false;
    scene.time.advance(SECOND);
    await until(() => scene.server.session === null);
    await turns();
    expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'signedOut' });
    expect(localStorage.length).toBe(0);
  });

  it('holds after a reload, too: the server is told before its session is shown', async () => {
    const page = await signedIn();
    scene.server.isOffline = true;
    await errorOf(page.session.signOut());
    page.destroy();
    scene.server.isOffline = false;

    const reloaded = scene.open();
    await nextStatus(reloaded.session, 'signedOut');

    await until(() => scene.server.session === null);
    await turns();

    expect(statuses(reloaded)).toEqual(['restoring', 'signedOut']);
    expect(reloaded.session.state()).toEqual({ status: 'signedOut', reason: 'signedOut' });
    expect(reloaded.events).toEqual([]);
  });

  it('holds after a reload although the server refuses it', async () => {
    const page = await signedIn();
    scene.server.faults.push(403);
    await errorOf(page.session.signOut());
    page.destroy();
    scene.server.faults.push(null, 403);

    const reloaded = scene.open();
    await until(() => reloaded.events.length > 0);

    expect(scene.server.session).not.toBeNull();
    expect(reloaded.session.state()).toEqual({ status: 'signedOut', reason: 'signedOut' });
    expect(types(reloaded)).toEqual(['error']);
  });

  it('holds after a reload although this page did not know the session yet', async () => {
    (await signedIn()).destroy();
    scene.server.isOffline = true;
    const page = scene.open();
    await errorOf(page.session.signOut());
    page.destroy();
    scene.server.isOffline = false;

    const reloaded = scene.open();
    await until(() => scene.server.session === null);
    await turns();

    expect(statuses(reloaded)).toEqual(['restoring', 'signedOut']);
  });

  it('does not end a later session that the server could not be told about', async () => {
    const page = await signedIn();
    scene.server.isOffline = true;
    await errorOf(page.session.signOut());
    page.destroy();
    scene.server.isOffline = false;
    scene.server.session = served({ origin: 'origin-2' });

    const reloaded = scene.open();
    await nextStatus(reloaded.session, 'signedIn');

    expect(scene.server.count(SIGN_OUT)).toBe(1);
  });

  it('does not end a later session that begins while the server is told again', async () => {
    const page = await signedIn();
    scene.server.isOffline = true;
    await errorOf(page.session.signOut());
    scene.server.isOffline = false;
    const look = scene.server.holdNext(GET);
    scene.time.advance(SECOND);
    await until(() => scene.server.count(GET) === 2);
    scene.server.session = served({ origin: 'origin-2' });
    look.release();

    await until(() => scene.server.count(SIGN_OUT) === 2);
    await turns();

    expect(scene.server.session).toMatchObject({ accessClaims: { origin_jti: 'origin-2' } });
  });

  it('ends a session that is not known yet', async () => {
    scene.server.session = served();
    scene.server.hold();
    const page = scene.open();

    const done = firstValueFrom(page.session.signOut());
    expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'signedOut' });
    scene.server.release();
    await done;
    await turns();

    expect(scene.server.session).toBeNull();
    expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'signedOut' });
  });

  it('ends a session that is not known yet, also if the server is told only later', async () => {
    scene.server.session = served();
    scene.time.advance(MINUTE);
    scene.server.isOffline = true;
    const page = scene.open();
    await errorOf(page.session.signOut());

    scene.server.isOffline = false;
    scene.time.advance(2 * SECOND);
    await until(() => scene.server.session === null);
    await turns();

    expect(statuses(page)).toEqual(['restoring', 'signedOut']);
  });

  it.each([
    ['no session has been seen', null, 0],
    ['another session has been seen', 'origin-1', 0],
    ['the clock of the device is an hour ahead', null, -HOUR],
  ])('does not end a later session instead of one that is not known yet: %s', async (_, note, aheadMs) => {
    if (note !== null) localStorage.setItem('cognito-session:server:/auth', note);
    scene.server.clockAheadMs = aheadMs;
    scene.server.isOffline = true;
    const page = scene.open();
    await errorOf(page.session.signOut());
    scene.server.isOffline = false;
    scene.server.session = servedSession(scene.time.now() + aheadMs, { origin: 'origin-2' });

    scene.time.advance(2 * SECOND);
    await nextStatus(page.session, 'signedIn');

    expect(scene.server.count(SIGN_OUT)).toBe(1);
  });

  it('is global also while another one is under way', async () => {
    const page = await signedIn();
    scene.server.others = ['phone'];
    const signOut = scene.server.holdNext(SIGN_OUT);
    const first = firstValueFrom(page.session.signOut());
    const second = firstValueFrom(page.session.signOut({ global: true }));
    await until(() => scene.server.others.length === 0);
    signOut.release();

    await Promise.all([first, second]);

    expect(scene.server.count(SIGN_OUT)).toBe(1);
  });

  it('ends the sessions in other browsers as well if it is global', async () => {
    const page = await signedIn();
    scene.server.others = ['phone', 'office'];

    await firstValueFrom(page.session.signOut({ global: true }));

    expect(scene.server.others).toEqual([]);
    expect(scene.server.session).toBeNull();
  });

  it('ends the own session also if the others cannot be ended, and says so', async () => {
    const page = await signedIn();
    scene.server.faults.push(503);

    await firstValueFrom(page.session.signOut({ global: true }));

    expect(scene.server.session).toBeNull();
    expect(types(page)).toEqual(['signedOut', 'error']);
  });

  it('fails if the server does not answer within 10 s, and the server is asked again', async () => {
    const page = await signedIn();
    scene.server.faults.push('hang');
    const failed = errorOf(page.session.signOut());
    await turns();
    scene.time.advance(10 * SECOND);

    await expect(failed).resolves.toMatchObject({ code: 'timeout' });

    scene.time.advance(SECOND);
    await until(() => scene.server.session === null);
  });

  it('ends the own session also if the server does not list the others within 10 s', async () => {
    const page = await signedIn();
    scene.server.faults.push('hang');
    const done = firstValueFrom(page.session.signOut({ global: true }));
    await turns();
    scene.time.advance(10 * SECOND);

    await expect(done).resolves.toBeUndefined();

    expect(scene.server.session).toBeNull();
    expect(types(page)).toEqual(['signedOut', 'error']);
  });

  it('does not fail because the user is not signed in', async () => {
    const page = scene.open();
    await nextStatus(page.session, 'signedOut');

    await expect(firstValueFrom(page.session.signOut())).resolves.toBeUndefined();
  });
});

describe('the end of a session', () => {
  it('is announced 5 minutes before the deadline, once', async () => {
    const page = await signedIn({ lifetimeMs: DAY });

    scene.time.advance(DAY - 5 * MINUTE - 1);
    expect(types(page)).toEqual([]);
    scene.time.advance(1);

    expect(page.events).toEqual([
      { type: 'sessionEnding', origin: 'thisTab', endsAt: page.session.session()?.endsAt },
    ]);
    scene.time.advance(MINUTE);
    expect(page.events).toHaveLength(1);
  });

  it('is noticed at the deadline', async () => {
    const page = await signedIn({ lifetimeMs: DAY });
    scene.server.session = null;

    scene.time.advance(DAY);
    await nextStatus(page.session, 'signedOut');

    expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'sessionEnded' });
    expect(page.events.at(-1)).toEqual({
      type: 'sessionExpired',
      origin: 'thisTab',
      reason: 'sessionEnded',
      final: true,
    });
  });

  it('is noticed at the deadline without the server', async () => {
    const page = await signedIn({ lifetimeMs: DAY });
    scene.server.isOffline = true;

    scene.time.advance(DAY);
    await nextStatus(page.session, 'signedOut');

    expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'sessionEnded' });
  });

  it('is when the tokens expire if nothing refreshes them', async () => {
    const page = await signedIn({ lifetimeMs: null });
    scene.server.session = null;

    scene.time.advance(HOUR);
    await nextStatus(page.session, 'signedOut');

    expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'tokensExpired' });
  });

  it('is by the clock of the server, whatever that of the device says', async () => {
    scene.server.clockAheadMs = -2 * DAY;
    scene.server.session = servedSession(scene.time.now() - 2 * DAY, { lifetimeMs: DAY });
    const page = scene.open();
    await nextStatus(page.session, 'signedIn');

    scene.time.advance(DAY - MINUTE);
    await turns();
    expect(page.session.isSignedIn()).toBe(true);
    expect(page.session.session()?.clockDrift).toBe(-2 * 86_400);
    scene.server.session = null;
    scene.time.advance(MINUTE);
    await nextStatus(page.session, 'signedOut');

    expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'sessionEnded' });
  });

  it('is not made up: a server that still has the session is asked once a minute at most', async () => {
    const page = await signedIn({ lifetimeMs: DAY });
    scene.time.setWall(2 * DAY);
    scene.server.clockAheadMs = 0;

    scene.time.advance(5 * MINUTE);
    await turns();
    scene.time.advance(10 * SECOND);
    await turns();

    expect(page.session.isSignedIn()).toBe(true);
    expect(scene.server.count(GET)).toBe(2);
  });

  it.each(['visible', 'pageshow', 'resume'] as const)(
    'is noticed when the page wakes up: %s',
    async (signal) => {
      const page = await signedIn();
      scene.server.session = null;

      page.sleep.next('hidden');
      page.wake.next(signal);
      await nextStatus(page.session, 'signedOut');

      expect(page.events).toMatchObject([
        { type: 'sessionExpired', reason: 'refreshTokenExpired', final: true },
      ]);
    },
  );

  it('asks nothing more while a page that is awake is loaded', async () => {
    const page = await signedIn();

    page.wake.next('pageshow');
    await turns();

    expect(scene.server.count(GET)).toBe(1);
  });

  it('changes nothing while the server cannot be asked, and is found out when the network is back', async () => {
    const page = await signedIn();
    scene.server.isOffline = true;
    page.sleep.next('hidden');
    page.wake.next('visible');
    await until(() => page.events.length > 0);
    expect(page.session.isSignedIn()).toBe(true);
    expect(types(page)).toEqual(['error']);

    scene.server.isOffline = false;
    scene.server.session = null;
    page.wake.next('online');
    await nextStatus(page.session, 'signedOut');
  });
});

describe('tabs', () => {
  it('learn of a sign-in that another tab comes back from', async () => {
    const page = scene.open();
    await nextStatus(page.session, 'signedOut');
    scene.server.session = served();

    scene.open();
    await nextStatus(page.session, 'signedIn');

    expect(page.events).toMatchObject([{ type: 'signedIn', origin: 'otherTab' }]);
    await turns();
    expect(scene.server.count(GET)).toBe(3);
  });

  it('are not told of a session that they know', async () => {
    await signedIn();
    const said = scene.channels.said.length;

    const other = scene.open();
    await nextStatus(other.session, 'signedIn');
    await turns();

    expect(scene.channels.said).toHaveLength(said);
  });

  it('learn of a sign-out immediately, also without the server', async () => {
    const page = await signedIn();
    const other = scene.open();
    await nextStatus(other.session, 'signedIn');
    scene.server.isOffline = true;

    await errorOf(page.session.signOut());
    await turns();

    expect(other.session.state()).toEqual({ status: 'signedOut', reason: 'signedOutElsewhere' });
    expect(other.events.at(-1)).toEqual({ type: 'signedOut', origin: 'otherTab' });
    other.sleep.next('hidden');
    scene.server.isOffline = false;
    other.wake.next('visible');
    await until(() => scene.server.session === null);
    expect(other.session.isSignedIn()).toBe(false);
  });

  it('learn of a sign-out in a page that did not know the session yet', async () => {
    const page = await signedIn();
    scene.server.isOffline = true;
    const other = scene.open();

    await errorOf(other.session.signOut());
    await turns();

    expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'signedOutElsewhere' });
  });

  it('that start during a sign-out are signed out', async () => {
    const page = await signedIn();
    const look = scene.server.holdNext(GET);
    const other = scene.open();
    await turns();
    scene.server.isOffline = true;
    await errorOf(page.session.signOut());
    page.destroy();
    scene.server.isOffline = false;
    look.release();

    await nextStatus(other.session, 'signedOut');

    expect(statuses(other)).toEqual(['restoring', 'signedOut']);
    await until(() => scene.server.session === null);
  });

  it('send no token', async () => {
    const page = await signedIn();
    await firstValueFrom(page.session.signOut());

    expect(scene.channels.said.map(({ message }) => message)).toEqual([
      { v: 1, type: 'changed' },
      { v: 1, type: 'signedOut', sid: 'origin-1' },
      { v: 1, type: 'changed' },
    ]);
  });

  it('ignore other messages', async () => {
    const page = await signedIn();
    const [name = ''] = scene.channels.names;

    for (const message of ['changed', null, { type: 'changed' }, { v: 1, type: 'signedOut', sid: 1 }])
      scene.channels.inject(name, message);
    await turns();

    expect(scene.server.count(GET)).toBe(1);
    expect(page.session.isSignedIn()).toBe(true);
    expect(page.logged.filter(({ text }) => text.includes('channel'))).toHaveLength(1);
  });

  it('end what they own with the page', async () => {
    const page = await signedIn({ lifetimeMs: DAY });
    page.destroy();

    expect(scene.channels.open).toBe(0);
    expect(scene.time.armedTimers).toBe(0);
  });
});

describe('where localStorage is blocked', () => {
  it('a sign-out holds in its page, and tabs come to agree', async () => {
    const blocked = jest.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new DOMException('Denied', 'SecurityError');
    });
    const full = jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('Full', 'QuotaExceededError');
    });
    const page = await signedIn();
    const other = scene.open();
    await nextStatus(other.session, 'signedIn');
    await turns(10);
    const asked = scene.server.count(GET);
    await turns(10);
    expect(scene.server.count(GET)).toBe(asked);

    scene.server.isOffline = true;
    await errorOf(page.session.signOut());
    scene.server.isOffline = false;
    scene.time.advance(SECOND);
    await until(() => scene.server.session === null);
    await turns();

    expect([page, other].map(({ session }) => session.isSignedIn())).toEqual([false, false]);
    blocked.mockRestore();
    full.mockRestore();
  });
});
