import { TestBed } from '@angular/core/testing';
import {
  SessionService,
  withLogger,
  withNoAutoRestore,
  type SessionErrorCode,
  type SessionEvent,
  type SessionState,
} from 'ngx-cognito-session';
import { errorOf } from '../../../testing-support/session-app';
import { provideSessionTesting, type SessionTestingOptions } from './provide-session-testing';
import { SessionTestingController } from './session-testing-controller';

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

  it('starts with nobody signed in, known at once', () => {
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
    const { session, states } = start({ user: { username: 'alice' } });

    expect(session.user()?.username).toBe('alice');
    expect(states.map(({ status }) => status)).toEqual(['signedIn']);
  });

  it('replaces whoever is signed in', () => {
    const { controller, session } = start({ user: { sub: '1', username: 'alice' } });

    controller.signIn({ sub: '2', username: 'bob' });

    expect(session.user()?.username).toBe('bob');
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

    expect(controller.expectRefresh().request.refreshToken).toBe('test-refresh-token');
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
    const iat = Date.UTC(2026, 0, 5, 12) / 1000;
    const { controller, session } = start({ user: { iat, exp: iat + 300 } });

    controller.expire();

    expect(session.session()?.expiresAt.getTime()).toBe(controller.now.getTime() + 300_000);
  });

  it.each<SessionErrorCode>(['networkError', 'timeout', 'throttled', 'serviceError'])(
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

  it.each<SessionErrorCode>(['refreshTokenExpired', 'userNotFound', 'passwordResetRequired'])(
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

  it('hands a failure to whoever forced the refresh, at once', async () => {
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

  it('finds refreshes that nobody has answered', () => {
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

  it('needs somebody who is signed in to let their tokens expire', () => {
    const { controller } = start();

    expect(() => {
      controller.expire();
    }).toThrow('Nobody is signed in');
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
