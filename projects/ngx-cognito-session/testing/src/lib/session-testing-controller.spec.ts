import { inject, provideEnvironmentInitializer } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import {
  provideSession,
  SessionService,
  withLogger,
  withNoAutoRestore,
  withStorage,
  type SessionEvent,
  type SessionState,
  type StorageAdapter,
} from 'ngx-cognito-session';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { errorOf } from '../../../testing-support/session-app';
import { provideSessionTesting, type SessionTestingOptions } from './provide-session-testing';
import type { RefreshFailureCode } from './refresh-failure-code';
import { SessionTestingController } from './session-testing-controller';
import type { TestClaims } from './test-claims';
import { valueNow } from './value-now';

const START = Date.UTC(2026, 0, 5, 12);
const HOUR_MS = 3_600_000;
/** An hour less the buffer. */
const DUE_MS = HOUR_MS - 60_000;

interface Scene {
  readonly controller: SessionTestingController;
  readonly session: SessionService;
  readonly states: SessionState[];
  readonly events: SessionEvent[];
}

const quiet = withLogger({ debug: () => undefined, warn: () => undefined, error: () => undefined });

function start({ features = [], ...options }: SessionTestingOptions = {}): Scene {
  TestBed.configureTestingModule({
    providers: [provideSessionTesting({ features: [quiet, ...features], ...options })],
  });
  const session = TestBed.inject(SessionService);
  const states: SessionState[] = [];
  const events: SessionEvent[] = [];
  session.state$.subscribe((state) => states.push(state));
  session.events$.subscribe((event) => events.push(event));
  return { controller: TestBed.inject(SessionTestingController), session, states, events };
}

function accessTokenOf({ session }: Scene): string | undefined {
  let token: string | undefined;
  session.getTokens().subscribe((tokens) => (token = tokens?.accessToken));
  return token;
}

describe('SessionTestingController', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    const left = jest.getTimerCount();
    jest.useRealTimers();
    expect(left).toBe(0);
  });

  it('starts signed out, known immediately', () => {
    const { states } = start();

    expect(states).toEqual([{ status: 'signedOut', reason: 'noSession' }]);
  });

  it('leaves the restore to the app that has said so', () => {
    const { states } = start({ features: [withNoAutoRestore()] });

    expect(states).toEqual([{ status: 'restoring' }]);
  });

  it('signs a user in before it returns', () => {
    const { controller, session, events } = start();

    const signedIn = controller.signIn({ username: 'alice', email: 'a@example.com', groups: ['admin'] });

    expect(session.session()).toBe(signedIn);
    expect(session.user()).toMatchObject({ username: 'alice', email: 'a@example.com', emailVerified: true });
    expect(signedIn.hasGroup('admin')).toBe(true);
    expect(events.map(({ type }) => type)).toEqual(['signedIn']);
  });

  it('has the user of the options signed in from the start', () => {
    const seen: string[] = [];
    TestBed.configureTestingModule({
      providers: [
        provideEnvironmentInitializer(() => {
          inject(SessionService).state$.subscribe(({ status }) => seen.push(status));
        }),
        provideSessionTesting({ user: { username: 'alice' } }),
      ],
    });

    expect(TestBed.inject(SessionService).user()?.username).toBe('alice');
    expect(seen).toEqual(['restoring', 'signedIn']);
  });

  it('has that user restored when the app says so', () => {
    const { session, states, events } = start({
      user: { username: 'alice' },
      config: { clientId: 'mine', userPoolId: 'us-east-1_Mine' },
      features: [withNoAutoRestore()],
    });

    session.initialize();

    expect(states.map(({ status }) => status)).toEqual(['restoring', 'signedIn']);
    expect(events.map(({ type }) => type)).toEqual(['sessionRestored']);
  });

  it('restores a user whose tokens have expired, by a renewal', () => {
    const { controller, session } = start({ user: { username: 'alice', exp: START / 1000 - 10 } });

    expect(controller.expectRefresh().isAnswered).toBe(true);
    expect(session.user()?.username).toBe('alice');
    expect(session.session()?.isValid()).toBe(true);
  });

  it('replaces the signed-in user, also the same user', () => {
    const { controller, session, events } = start();

    controller.signIn({ username: 'alice', name: 'Alice', groups: ['admin'] });
    controller.signIn({ username: 'alice', name: 'Bob', idToken: false });
    const again = session.session();
    controller.signIn({ username: 'bob' });

    expect(again).toMatchObject({ groups: [], idClaims: null });
    expect(session.user()).toMatchObject({ username: 'bob', sub: 'bob-sub' });
    expect(events.map(({ type }) => type)).toEqual(['signedIn', 'signedIn', 'sessionReplaced']);
  });

  it('gives a user no refresh token if the test says so', () => {
    const { controller, session } = start({ user: {} });

    controller.signIn({ refreshToken: null });
    controller.expire();

    expect(session.state()).toEqual({ status: 'signedOut', reason: 'tokensExpired' });
  });

  it('signs in with tokens that have expired by renewing them, as the library does', () => {
    const { controller } = start();

    const signedIn = controller.signIn({ exp: START / 1000 - 10 });

    controller.expectRefresh();
    expect(signedIn.isValid()).toBe(true);
  });

  it('throws what the sign-in errors with, and changes nothing', () => {
    const { controller, states } = start();

    expect(() => controller.signIn({ clientId: 'another' })).toThrow(/another app client/);
    expect(states.map(({ status }) => status)).toEqual(['signedOut']);
  });

  it('signs out before it returns', () => {
    const { controller, states } = start({ user: {} });

    controller.signOut();

    expect(states.at(-1)).toEqual({ status: 'signedOut', reason: 'signedOut' });
  });

  it('renews a minute before expiry, and not a moment earlier', () => {
    const scene = start({ user: { username: 'alice', groups: ['admin'] } });
    const { controller, session } = scene;
    const before = accessTokenOf(scene);

    controller.advance(DUE_MS - 1);
    controller.expectNoRefresh();
    controller.advance(1);

    expect(controller.expectRefresh().request.refreshToken).toMatch(/^test-refresh-token/);
    expect(accessTokenOf(scene)).not.toBe(before);
    expect(session.session()?.groups).toEqual(['admin']);
    expect(session.session()?.issuedAt).toEqual(controller.now);
    expect(session.session()?.expiresAt.getTime()).toBe(controller.now.getTime() + HOUR_MS);
  });

  it('renews tokens that have expired when the device wakes up', () => {
    const { controller, session, events } = start({ user: {} });
    const expired = session.session()?.expiresAt;

    controller.expire();

    controller.expectRefresh();
    expect(controller.now).toEqual(expired);
    expect(session.session()?.isValid()).toBe(true);
    expect(events.at(-1)?.type).toBe('tokenRefreshed');
  });

  it('changes the claims that a refresh is said to change', () => {
    const { controller, session } = start({ user: { groups: ['admin', 'staff'], name: 'Alice' } });

    controller.answerRefresh({ groups: [], name: 'Alice B.' });
    controller.expire();

    expect(session.session()?.groups).toEqual([]);
    expect(session.user()?.name).toBe('Alice B.');
  });

  it('renews tokens for as long as they were good for', () => {
    const iat = START / 1000;
    const { controller, session } = start({ user: { iat, exp: iat + 300 } });

    controller.expire();

    expect(session.session()?.expiresAt.getTime()).toBe(controller.now.getTime() + 300_000);
  });

  it.each<RefreshFailureCode>(['networkError', 'timeout', 'throttled', 'serviceError'])(
    'makes the session stale when a refresh fails with %s after expiry, until the next one',
    (code) => {
      const { controller, session, states } = start({ user: {} });

      controller.failRefresh(code);
      controller.expire();
      const failed = states.at(-1);
      controller.advance(60_000);

      expect(failed).toMatchObject({ status: 'stale', error: { code } });
      expect(session.state().status).toBe('signedIn');
    },
  );

  it('lets as many refreshes fail as it is told to', () => {
    const { controller, session } = start({ user: {} });

    controller.failRefresh('throttled', 2);
    controller.expire();
    controller.advance(1000);
    const afterTwo = session.state().status;
    controller.advance(60_000);

    expect(controller.takeRefreshes()).toHaveLength(3);
    expect([afterTwo, session.state().status]).toEqual(['stale', 'signedIn']);
  });

  it('lets refreshes fail for as long as an outage takes', () => {
    const { controller, session } = start({ user: {} });

    controller.failRefresh('networkError', Infinity);
    controller.expire();
    controller.advance(HOUR_MS);
    const meanwhile = session.state().status;
    controller.answerRefresh();
    controller.advance(2 * 60_000);

    expect([meanwhile, session.state().status]).toEqual(['stale', 'signedIn']);
  });

  it('keeps the session signed in when a refresh fails before expiry', () => {
    const { controller, session } = start({ user: {} });

    controller.failRefresh('networkError');
    controller.advance(DUE_MS);

    controller.takeRefreshes();
    expect(session.state()).toMatchObject({ status: 'signedIn', refreshing: false });
  });

  it.each<RefreshFailureCode>(['refreshTokenExpired', 'userNotFound', 'passwordResetRequired'])(
    'ends the session when a refresh is refused with %s',
    (code) => {
      const { controller, states, events } = start({ user: {} });

      controller.failRefresh(code);
      controller.expire();

      expect(states.at(-1)).toEqual({ status: 'signedOut', reason: code });
      expect(events.at(-1)).toMatchObject({ type: 'sessionExpired', reason: code, final: true });
    },
  );

  it('ends a session without a refresh token when its tokens expire', () => {
    const { controller, states } = start({ user: { refreshToken: null } });

    controller.expire();

    expect(states.at(-1)).toEqual({ status: 'signedOut', reason: 'tokensExpired' });
  });

  it('holds a refresh until the test answers it', () => {
    const { controller, session } = start({ user: {} });

    controller.holdRefresh();
    controller.advance(DUE_MS);
    const refresh = controller.expectRefresh();
    const meanwhile = session.state();
    refresh.succeed({ name: 'Alice' });

    expect(meanwhile).toMatchObject({ status: 'signedIn', refreshing: true });
    expect(session.state()).toMatchObject({ status: 'signedIn', refreshing: false });
    expect(session.user()?.name).toBe('Alice');
  });

  it('answers the refresh that waits, and all that come', () => {
    const { controller, session } = start({ user: {} });
    controller.holdRefresh();
    controller.expire();

    controller.answerRefresh({ name: 'Alice' });
    const answered = session.state();
    controller.expire();

    expect(answered).toMatchObject({ status: 'signedIn', refreshing: false });
    expect(session.session()?.isValid()).toBe(true);
    expect(controller.takeRefreshes().map(({ isAnswered }) => isAnswered)).toEqual([true, true]);
  });

  it('lets the refresh that waits fail, and not the next one as well', () => {
    const { controller, session } = start({ user: {} });
    controller.holdRefresh();
    controller.expire();

    controller.failRefresh('networkError');
    const failed = session.state().status;
    controller.answerRefresh();
    controller.advance(60_000);

    expect([failed, session.state().status]).toEqual(['stale', 'signedIn']);
  });

  it('answers a refresh once', () => {
    const { controller } = start({ user: {} });
    controller.expire();

    const refresh = controller.expectRefresh();

    expect(refresh.isAnswered).toBe(true);
    expect(() => {
      refresh.fail('networkError');
    }).toThrow('has been answered');
  });

  it('tells what a refresh sends', () => {
    const { controller, session } = start({ user: { refreshToken: 'of-alice' } });

    session.forceRefresh({ clientMetadata: { tenant: 'a' } });

    expect(controller.expectRefresh().request).toMatchObject({
      refreshToken: 'of-alice',
      clientMetadata: { tenant: 'a' },
    });
  });

  it('gives a failure to the caller that forced the refresh, immediately', async () => {
    const { controller, session } = start({ user: {} });
    controller.failRefresh('throttled');

    const error = await errorOf(session.forceRefresh());

    expect(error).toMatchObject({ code: 'throttled' });
  });

  it('says how many refreshes there were if it was not one', () => {
    const { controller } = start({ user: {} });

    expect(() => controller.expectRefresh()).toThrow('none was made');
    controller.advance(3 * HOUR_MS);
    expect(() => controller.expectRefresh()).toThrow('3 were made');
    controller.expire();
    expect(() => {
      controller.expectNoRefresh();
    }).toThrow('1 was made');
    controller.expectNoRefresh();
  });

  it('gives all refreshes since the last look', () => {
    const { controller } = start({ user: {} });

    controller.advance(2 * HOUR_MS);

    expect(controller.takeRefreshes()).toHaveLength(2);
    expect(controller.takeRefreshes()).toHaveLength(0);
  });

  it('finds refreshes that were not answered', () => {
    const { controller } = start({ user: {} });
    const verify = () => {
      controller.verify();
    };
    controller.holdRefresh();
    controller.expire();

    expect(verify).toThrow('1 refresh waits for an answer');
    controller.expectRefresh().fail('refreshTokenExpired');
    expect(verify).not.toThrow();
  });

  it('renews a bare refresh token, as at a sign-in by another part of the app', () => {
    const { controller, session } = start();

    session.setTokens({ refreshToken: 'of-alice' });

    expect(controller.expectRefresh().request.refreshToken).toBe('of-alice');
    expect(session.user()?.username).toBe('test-user');
  });

  it('needs a signed-in user to let tokens expire', () => {
    const { controller } = start();

    expect(() => {
      controller.expire();
    }).toThrow('The user is not signed in');
  });

  it('gives no two tokens that are the same, however soon one comes after the other', () => {
    const scene = start({ user: {} });
    const tokens = [accessTokenOf(scene)];

    for (const _ of [1, 2]) {
      scene.session.forceRefresh();
      tokens.push(accessTokenOf(scene));
    }

    expect(new Set(tokens).size).toBe(3);
  });

  it('keeps what a renewal has no reason to change', () => {
    const { controller, session } = start({ user: { idToken: false, claims: { acr: 'mfa' } } });
    const claims = () => ({ ...session.session()?.accessClaims });
    const { auth_time, acr, origin_jti } = claims();

    controller.advance(HOUR_MS);

    expect(acr).toBe('mfa');
    expect(claims()).toMatchObject({ auth_time, acr, origin_jti });
    expect(session.session()?.idClaims).toBeNull();
    expect(claims().iat).toBeGreaterThan(Number(auth_time));
  });

  it('does not rotate the refresh token', () => {
    const { controller, session } = start({ user: {} });
    const refreshToken = () => valueNow(session.getTokens())?.refreshToken;
    const before = refreshToken();

    controller.expire();

    expect(before).toBeDefined();
    expect(refreshToken()).toBe(before);
  });

  it('treats an unknown refresh token as one of another user', () => {
    const { controller, session } = start({ user: { username: 'alice' } });

    session.setTokens({ refreshToken: 'of-somebody' });

    expect(controller.expectRefresh().request.refreshToken).toBe('of-somebody');
    expect(session.user()?.username).toBe('test-user');
  });

  it('does not set the clock back when tokens have expired already', () => {
    const { controller, session } = start({ user: {} });
    controller.holdRefresh();
    controller.expire();
    controller.advance(1000);
    const before = controller.now;

    controller.expire();

    expect(session.session()?.isValid()).toBe(false);
    expect(controller.now).toEqual(before);
  });

  it('rotates the refresh token when a test says so', () => {
    const { controller } = start({ user: { refreshToken: 'first' } });

    controller.answerRefresh({ refreshToken: 'second' });
    controller.expire();
    controller.answerRefresh();
    controller.expire();

    expect(controller.takeRefreshes().map(({ request }) => request.refreshToken)).toEqual([
      'first',
      'second',
    ]);
  });

  it('renews whose refresh token it is when a page has found nothing else', () => {
    const storage = new CountingStorage();
    start({ user: { username: 'alice', groups: ['admin'] }, features: [withStorage(storage)] });
    TestBed.resetTestingModule();

    const { controller, session } = start({
      startTime: START + 24 * HOUR_MS,
      features: [withStorage(storage)],
    });

    controller.expectRefresh();
    expect(session.session()).toMatchObject({ user: { username: 'alice' }, groups: ['admin'] });
    expect(session.session()?.accessClaims.auth_time).toBe(START / 1000);
  });

  it('renews no longer than the refresh token is good for', () => {
    const { controller, session, events } = start({ user: {}, config: { refreshTokenValidityDays: 30 } });

    controller.advance(30 * 24 * HOUR_MS);
    controller.advance(2 * HOUR_MS);

    expect(events.map(({ type }) => type)).toContain('sessionEnding');
    expect(session.state()).toEqual({ status: 'signedOut', reason: 'sessionEnded' });
  });

  it('lets more time pass than a timer of the browser can wait', () => {
    const { controller, session } = start({ user: {} });

    controller.advance(30 * 24 * HOUR_MS);

    expect(session.session()?.isValid()).toBe(true);
  });

  it.each([-1, NaN, Infinity])('does not let %d ms pass', (ms) => {
    const { controller } = start();

    expect(() => {
      controller.advance(ms);
    }).toThrow(RangeError);
  });

  it('does not let time pass while it passes', () => {
    const { controller, session } = start({ user: {} });
    const thrown: unknown[] = [];
    session.events$.subscribe(() => {
      try {
        controller.advance(1000);
      } catch (error) {
        thrown.push(error);
      }
    });

    controller.advance(HOUR_MS);

    expect(thrown).toEqual([expect.objectContaining({ message: 'Time is passing already.' })]);
    expect(controller.now.getTime()).toBe(START + HOUR_MS);
  });

  it('does not wait for what the library has given up', () => {
    const { controller } = start({ user: {} });
    controller.holdRefresh();
    controller.expire();

    controller.advance(30_000);

    expect(() => {
      controller.verify();
    }).not.toThrow();
  });

  it('expires by the clock of the server', () => {
    const { controller, session } = start();
    session.setTokens({ ...controller.createTokens(), clockDrift: 600 });

    controller.expire();

    expect(controller.now.getTime()).toBe(START + HOUR_MS - 600_000);
    controller.expectRefresh();
  });

  it('takes undefined for nothing said', () => {
    const nothing: Record<string, undefined> = { exp: undefined, username: undefined, clientId: undefined };
    const { controller } = start({ config: nothing });

    expect(controller.signIn(nothing as TestClaims).user.username).toBe('test-user');
  });

  it('has users without an address', () => {
    const { controller, session } = start();

    const { user } = controller.signIn({ email: null });
    controller.signIn();
    controller.answerRefresh({ email: null });
    controller.expire();

    expect([user.email, user.emailVerified, session.user()?.email]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('signs out at Cognito as well, which has nothing against it', () => {
    const { controller, session } = start({ user: {} });
    const done: string[] = [];

    session.signOut({ global: true }).subscribe({ complete: () => done.push('global') });
    controller.signIn();
    session.signOut({ revoke: true }).subscribe({ complete: () => done.push('revoked') });

    expect(done).toEqual(['global', 'revoked']);
  });

  it('says that it has to stand behind the app’s own providers', () => {
    TestBed.configureTestingModule({
      providers: [provideSessionTesting(), provideSession({ region: 'eu-west-1', clientId: 'of-the-app' })],
    });

    expect(() => TestBed.inject(SessionTestingController)).toThrow('has to stand behind');
  });

  it('says that a storage does not answer at once', () => {
    const later: StorageAdapter = {
      getItem: () => Promise.resolve(null),
      setItem: () => Promise.resolve(),
      removeItem: () => Promise.resolve(),
    };
    const { controller } = start({ features: [withStorage(later)] });

    expect(() => controller.signIn()).toThrow('does not answer at once');
    expect(() => {
      controller.expire();
    }).toThrow('not known yet');
  });

  it('lets time start where the test says', () => {
    const startTime = new Date('2030-01-01T00:00:00Z');

    const { controller, session } = start({ startTime, user: {} });

    expect(controller.now).toEqual(startTime);
    expect(session.session()?.issuedAt).toEqual(startTime);
  });

  it('does the same in every run', () => {
    const run = (): unknown[] => {
      TestBed.resetTestingModule();
      const scene = start({ user: { username: 'alice' } });
      scene.controller.advance(HOUR_MS);
      scene.controller.failRefresh('networkError');
      scene.controller.expire();
      scene.controller.advance(5 * 60_000);
      return [
        scene.states,
        scene.controller.takeRefreshes().length,
        scene.controller.now,
        accessTokenOf(scene),
      ];
    };

    expect(JSON.stringify(run())).toBe(JSON.stringify(run()));
  });
});
