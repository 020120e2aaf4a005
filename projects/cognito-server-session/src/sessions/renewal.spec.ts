import type { ServerSession } from './server-session';
import { dyingFetch, slowAnswer } from '../../testing-support/dying-fetch';
import {
  localFetch,
  MASTER_KEY,
  requestWith,
  ServerApp,
  type ServerAppOptions,
} from '../../testing-support/server-app';
import { WatchedStore, type WriteFault } from '../../testing-support/watched-store';
import { MemorySessionStore } from '../store/memory-session-store';

const REFRESH = 'GetTokensFromRefreshToken';
const isLong = process.env['LONG_TESTS'] === '1';

let app: ServerApp;
let store: WatchedStore;
let cookie: string;

/** A user is signed in, and a refresh is due. */
async function startWithExpiredTokens(options: ServerAppOptions = {}) {
  await startSignedIn(options);
  app.expireTokens();
}

async function startSignedIn(options: ServerAppOptions = {}) {
  store = new WatchedStore(new MemorySessionStore());
  app = await ServerApp.start({ store, ...options });
  cookie = await app.signIn();
  store.calls.length = 0;
}

afterEach(() => app.close());

const get = (sessions = app.sessions) => sessions.get(requestWith(cookie));
const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((go) => setTimeout(go, 1));
};
const callsOf = (operation: string) => store.calls.filter((call) => call === operation).length;
const isValid = async (session: ServerSession | null) =>
  session !== null && app.emulator.accessTokenStatus(await session.accessToken()).isValid;
/** Changes the tokens in each good answer of Cognito. */
const answerWith =
  (change: (result: Record<string, string>) => Promise<void> | void): typeof fetch =>
  async (...call) => {
    const response = await fetch(...call);
    const body = (await response.json()) as { AuthenticationResult?: Record<string, string> };
    if (body.AuthenticationResult) await change(body.AuthenticationResult);
    return new Response(JSON.stringify(body), response);
  };
const unavailable = (reason: string) =>
  expect.objectContaining({ name: 'SessionUnavailableError', status: 503, reason });

describe('one refresh for all instances', () => {
  it.each(
    isLong
      ? [
          [100, 0],
          [100, 30],
        ]
      : [[25, 0]],
  )(
    'is made by %i instances that have read the same row, with a grace period of %i s',
    async (count, graceSeconds) => {
      await startWithExpiredTokens({ settings: { graceSeconds } });
      const instances = Array.from({ length: count }, () => app.instance());
      store.holdReadsUntil(count);

      const sessions = await Promise.all(instances.map((instance) => get(instance)));

      expect(app.refreshCount()).toBe(1);
      expect(new Set(await Promise.all(sessions.map(async (session) => session?.accessToken()))).size).toBe(
        1,
      );
      expect(await isValid(sessions[0] ?? null)).toBe(true);
    },
  );

  it('is made by requests of one instance with one claim', async () => {
    await startWithExpiredTokens();
    store.holdReadsUntil(10);

    await Promise.all(Array.from({ length: 10 }, () => get()));

    expect(callsOf('update')).toBe(2);
  });

  it('does not hold up a request whose access token is valid', async () => {
    await startSignedIn();
    app.time.advance(3_595_000);
    const barrier = app.emulator.hold(REFRESH);
    const refreshing = get();
    await barrier.arrived();

    expect(await isValid(await get(app.instance()))).toBe(true);
    expect(app.refreshCount()).toBe(1);
    await barrier.open();
    await refreshing;
  });

  it('does not hold up the requests of one instance that join it while their access token is valid', async () => {
    await startSignedIn();
    app.time.advance(3_590_000);
    const barrier = app.emulator.hold(REFRESH);
    store.holdReadsUntil(2);
    const both = [get(), get()];

    const first = await Promise.race(both);

    expect(await isValid(first)).toBe(true);
    await barrier.arrived();
    expect(app.refreshCount()).toBe(1);
    await barrier.open();
    await Promise.all(both);
  });

  it('holds up the request that refreshes for three seconds at most while its access token is valid', async () => {
    await startSignedIn();
    app.time.advance(3_590_000);
    const barrier = app.emulator.hold(REFRESH);
    const refreshing = get();
    await barrier.arrived();

    app.time.advance(3000);

    expect(await isValid(await refreshing)).toBe(true);
    await barrier.open();
    await app.emulator.log.whenEnded(REFRESH, 1);
  });

  describe('that takes until the access token has expired', () => {
    /** A caller asks for the access token two seconds before it expires, and Cognito holds the refresh for three. */
    async function askShortlyBefore() {
      await startSignedIn();
      const session = await get();
      app.time.advance(3_598_000);
      const barrier = app.emulator.hold(REFRESH);
      const token = session?.accessToken() ?? Promise.reject(new Error('There is no session.'));
      await barrier.arrived();
      app.time.advance(3000);
      return { token, barrier };
    }

    it('gives the new token, and not the expired one', async () => {
      const { token, barrier } = await askShortlyBefore();
      await barrier.open();

      expect(app.emulator.accessTokenStatus(await token).isValid).toBe(true);
    });

    it('rejects if it fails: the token that was kept for that case is no good any more', async () => {
      const { token, barrier } = await askShortlyBefore();
      const rejected = expect(token).rejects.toEqual(unavailable('timeout'));

      app.time.advance(5000);

      await rejected;
      await barrier.open();
    });
  });

  it('never serves an access token in the last second of its life: it would expire on its way to the API', async () => {
    await startSignedIn();
    app.time.advance(3_599_500);
    app.emulator.faults.add(REFRESH, { kind: 'status', status: 503 });

    await expect(get()).rejects.toEqual(unavailable('networkError'));
  });

  it('makes a request wait for eight seconds at most', async () => {
    await startWithExpiredTokens();
    const barrier = app.emulator.hold(REFRESH);
    const waiting = [get(), get(app.instance())].map((result) =>
      expect(result).rejects.toEqual(unavailable('timeout')),
    );
    await barrier.arrived();
    // Both have to be waiting.
    await until(() => callsOf('read') > 3);

    app.time.advance(8000);

    await Promise.all(waiting);
    await barrier.open();
  });
});

describe('an instance that dies', () => {
  it('is taken over after ten seconds, and not earlier', async () => {
    await startWithExpiredTokens();
    const dead = dyingFetch('beforeSending');
    get(app.instance({ fetch: dead.fetch })).catch(() => undefined);
    await dead.died;

    app.time.advance(9_000);
    const waiting = get();
    await until(() => callsOf('read') > 3);
    expect(app.refreshCount()).toBe(0);
    app.time.advance(1_000);

    expect(await isValid(await waiting)).toBe(true);
    expect(app.refreshCount()).toBe(1);
  });

  it('and wakes up again does not wait for the refresh that it was frozen in', async () => {
    await startWithExpiredTokens();
    const dead = dyingFetch('beforeSending');
    let isFrozen = true;
    const frozen = app.instance({
      fetch: (...call) => (isFrozen ? dead.fetch(...call) : localFetch(...call)),
    });
    get(frozen).catch(() => undefined);
    await dead.died;
    isFrozen = false;
    app.time.advance(10_000);

    expect(await isValid(await get(frozen))).toBe(true);
    expect(app.refreshCount()).toBe(1);
  });

  it('loses nothing if the takeover comes within the grace period', async () => {
    await startWithExpiredTokens({ settings: { graceSeconds: 30 } });
    const dead = dyingFetch('beforeReading');
    get(app.instance({ fetch: dead.fetch })).catch(() => undefined);
    await dead.died;
    app.time.advance(10_000);

    expect(await isValid(await get())).toBe(true);
  });

  it('loses the session without a grace period, and the log has the reason', async () => {
    await startWithExpiredTokens();
    const dead = dyingFetch('beforeReading');
    get(app.instance({ fetch: dead.fetch })).catch(() => undefined);
    await dead.died;
    app.time.advance(10_000);

    expect(await get()).toBeNull();
    expect(app.logged).toContainEqual({
      level: 'error',
      message: 'Cognito ended a session.',
      details: { reason: 'rotationLost', sub: expect.any(String) },
    });
  });
});

describe('a claim that took too long', () => {
  it('is not followed by a call, but by another claim: the first one may have been taken over', async () => {
    await startWithExpiredTokens();
    store.interleave('update', () => {
      app.time.advance(10_000);
      return Promise.resolve();
    });

    expect(await isValid(await get())).toBe(true);
    expect(callsOf('update')).toBe(3);
    expect(app.refreshCount()).toBe(1);
  });
});

/** The attempt of the first instance is so old that the second one has taken over. Both calls are held. */
async function holdTwoAttempts(
  point: 'beforeProcessing' | 'afterCommit' = 'beforeProcessing',
  options: ServerAppOptions = {},
  takeOver = () => app.instance(),
) {
  await startWithExpiredTokens(options);
  const barrier = app.emulator.hold(REFRESH, point);
  const first = get().catch(() => null);
  await barrier.arrived();
  app.time.advance(10_000);
  const second = get(takeOver());
  await barrier.arrived(2);
  return { barrier, first, second };
}

describe('an answer that arrives late', () => {
  it('is committed although no request waits for it any more', async () => {
    await startWithExpiredTokens();
    const barrier = app.emulator.hold(REFRESH);
    const waiting = expect(get()).rejects.toEqual(unavailable('timeout'));
    await barrier.arrived();
    app.time.advance(8000);
    await waiting;

    await barrier.open();

    expect(await isValid(await get())).toBe(true);
    expect(app.refreshCount()).toBe(1);
  });

  it('is committed after another instance has claimed, and the terminal answer of that one ends nothing', async () => {
    const { barrier, first, second } = await holdTwoAttempts();

    await barrier.release(0);
    // Two claims and the commit of the first one.
    await until(() => callsOf('update') === 3);
    await barrier.release(1);

    expect(await isValid(await second)).toBe(true);
    await first;
    expect(app.refreshCount()).toBe(2);
  });

  it('ends nothing if it is terminal and another instance has claimed', async () => {
    const answer = slowAnswer();
    const takeOver = () => app.instance({ fetch: answer.fetch });
    const { barrier, first, second } = await holdTwoAttempts('beforeProcessing', {}, takeOver);

    // The second one has spent the refresh token, and its answer is on the way.
    await barrier.release(1);
    const reads = callsOf('read');
    await barrier.release(0);
    await until(() => callsOf('read') >= reads + 2);
    answer.deliver();

    expect(await isValid(await second)).toBe(true);
    await first;
  });

  it('is committed even between the look and the end by which another instance passes a refusal on', async () => {
    await startWithExpiredTokens();
    const answer = slowAnswer();
    const first = get(app.instance({ fetch: answer.fetch })).catch(() => null);
    await app.emulator.log.whenEnded(REFRESH, 1);
    app.time.advance(10_000);
    store.interleave('delete', async () => {
      answer.deliver();
      // Two claims, and the commit of the first instance.
      await until(() => callsOf('update') === 3);
    });

    expect(await isValid(await get())).toBe(true);

    await first;
    expect(app.refreshCount()).toBe(2);
  });

  it.each(['bothValid', 'onlyFirstValid', 'onlyLastValid', 'sameSuccessor'] as const)(
    'keeps the session alive if Cognito answers twice within the grace period: %s',
    async (inGraceAnswer) => {
      const settings = { graceSeconds: 30, inGraceAnswer };
      const { barrier, first, second } = await holdTwoAttempts('afterCommit', { settings });
      await barrier.release(1);
      const token = await (await second)?.accessToken();
      await barrier.release(0);
      await first;
      // Two claims, two commits, and a spare refresh token if it is another one.
      await until(() => callsOf('update') === (inGraceAnswer === 'sameSuccessor' ? 4 : 5));
      await barrier.open();

      expect(await (await get(app.instance()))?.accessToken()).toBe(token);
      app.expireTokens();

      expect(await isValid(await get())).toBe(true);

      await app.sessions.signOut(requestWith(cookie));
      expect(app.emulator.liveRefreshTokens()).toEqual([]);
    },
  );
});

describe('a second answer within the grace period', () => {
  /** Two instances have refreshed. The answer of the second one is stored, the other one arrives when the test says so. */
  async function answerTwice(options: ServerAppOptions = {}) {
    const settings = { graceSeconds: 30, inGraceAnswer: 'bothValid' } as const;
    const { barrier, first, second } = await holdTwoAttempts('afterCommit', { settings, ...options });
    await barrier.release(1);
    await second;
    return async () => {
      await barrier.open();
      await first;
    };
  }
  /** The write behind the next one fails. */
  const failSecondWrite = (...faults: readonly WriteFault[]) =>
    store.interleave('update', () => {
      store.failWrites(...faults);
      return Promise.resolve();
    });

  it('is not lost by a write that fails', async () => {
    const arrive = await answerTwice();
    failSecondWrite('refused');
    await arrive();
    // Two claims, two commits, and the spare refresh token at the second try.
    await until(() => callsOf('update') === 6);

    await app.sessions.signOut(requestWith(cookie));

    expect(app.emulator.liveRefreshTokens()).toEqual([]);
  });

  it('is revoked if the store does not keep it', async () => {
    const arrive = await answerTwice();
    failSecondWrite(...Array<WriteFault>(16).fill('refused'));
    await arrive();

    await app.emulator.log.whenEnded('RevokeToken', 1);

    app.time.advance(30_000);
    expect(app.emulator.liveRefreshTokens()).toHaveLength(1);
  });

  it('is revoked by the next refresh, although the answer of the store is lost', async () => {
    await (
      await answerTwice()
    )();
    // The request that has given up goes on: it keeps the late token, and looks at the row for the last time.
    await until(() => callsOf('update') === 5 && callsOf('read') === 4);
    app.expireTokens();
    failSecondWrite('appliedThenConflict');

    expect(await isValid(await get())).toBe(true);

    expect(await app.emulator.log.whenEnded('RevokeToken')).toHaveLength(1);
    await app.sessions.signOut(requestWith(cookie));
    app.time.advance(30_000);
    expect(app.emulator.liveRefreshTokens()).toEqual([]);
  });

  it('is revoked with the master key, also after an answer that is not good', async () => {
    await (
      await answerTwice({ masterKey: MASTER_KEY })
    )();
    await until(() => callsOf('update') === 5);
    const { sub } = (await get())?.user ?? { sub: '' };
    const expired = await app.emulator.signIn('alice');
    await app.sessions.signIn(expired);
    app.expireTokens();
    const { AccessToken, IdToken } = expired;
    const tampered = app.instance({
      fetch: answerWith((result) => void Object.assign(result, { AccessToken, IdToken })),
    });
    await expect(get(tampered)).rejects.toEqual(unavailable('invalidResponse'));

    expect(await app.sessions.signOutEverywhere(sub)).toEqual({ removed: 2, notRevoked: 0 });

    app.time.advance(30_000);
    expect(app.emulator.liveRefreshTokens()).toEqual([]);
  });
});

describe('a transient failure', () => {
  it('keeps the session, and no instance calls Cognito before the back-off in the row has passed', async () => {
    await startWithExpiredTokens();
    app.emulator.faults.add(REFRESH, { kind: 'throttle' });

    await expect(get()).rejects.toEqual(unavailable('throttled'));
    expect(app.logged).toEqual([
      {
        level: 'warn',
        message: 'A refresh failed. The session is kept.',
        details: { code: 'throttled', serviceError: 'TooManyRequestsException' },
      },
    ]);
    const error = await get(app.instance()).catch((thrown: unknown) => thrown);
    expect(error).toEqual(unavailable('throttled'));
    // One second, give or take a quarter.
    expect([1, 2]).toContain((error as { retryAfterSeconds: number }).retryAfterSeconds);
    expect(app.refreshCount()).toBe(1);
    app.time.advance(2000);

    expect(await isValid(await get(app.instance()))).toBe(true);
    expect(app.refreshCount()).toBe(2);
  });

  it('holds back a request that read the row before it, and asks for a token afterwards', async () => {
    await startSignedIn();
    const session = await get();
    app.expireTokens();
    app.emulator.faults.add(REFRESH, { kind: 'throttle' });
    await expect(get(app.instance())).rejects.toEqual(unavailable('throttled'));

    await expect(session?.accessToken()).rejects.toEqual(unavailable('throttled'));

    expect(app.refreshCount()).toBe(1);
  });

  it('is not noticed while the access token is valid', async () => {
    await startSignedIn();
    app.time.advance(3_590_000);
    app.emulator.faults.add(REFRESH, { kind: 'status', status: 503 });

    expect(await isValid(await get())).toBe(true);
    expect(await isValid(await get(app.instance()))).toBe(true);
    expect(app.refreshCount()).toBe(1);
  });

  it.each(['resetBeforeProcessing', 'htmlBody'] as const)('never ends the session: %s', async (kind) => {
    await startWithExpiredTokens();
    app.emulator.faults.add(REFRESH, { kind });

    await expect(get()).rejects.toEqual(unavailable('networkError'));
    app.time.advance(2000);

    expect(await isValid(await get())).toBe(true);
  });

  it('with a lost answer is tried again within the grace period', async () => {
    await startWithExpiredTokens({ settings: { graceSeconds: 30 }, rotationGraceSeconds: 30 });
    app.emulator.faults.add(REFRESH, { kind: 'resetAfterCommit' });

    await expect(get()).rejects.toEqual(unavailable('networkError'));
    app.time.advance(2000);

    expect(await isValid(await get())).toBe(true);
  });
});

describe('a request to Cognito', () => {
  it.each(['GetTokensFromRefreshToken', 'InitiateAuth'] as const)(
    'takes its token to no address that %s is redirected to',
    async (refreshOperation) => {
      const asked: string[] = [];
      await startWithExpiredTokens({ settings: { rotation: false } });
      const redirecting = app.instance({
        refreshOperation,
        fetch: (input, init) => {
          asked.push(init?.redirect ?? 'follow');
          return init?.redirect === 'error'
            ? Promise.reject(new TypeError('redirected'))
            : fetch(input, init);
        },
      });

      await expect(get(redirecting)).rejects.toEqual(unavailable('networkError'));
      await redirecting.signOut(requestWith(cookie));

      expect(asked).toEqual(['error', 'error']);
    },
  );
});

describe('a terminal answer', () => {
  it('ends the session', async () => {
    await startWithExpiredTokens();
    app.emulator.changeUser('alice', { enabled: false });

    expect(await get()).toBeNull();
    expect(await get(app.instance())).toBeNull();
    expect(app.refreshCount()).toBe(1);
  });
});

describe('a sign-out', () => {
  it('is final: a refresh that finishes later revokes what it got', async () => {
    await startWithExpiredTokens();
    const barrier = app.emulator.hold(REFRESH, 'afterCommit');
    const refreshing = get();
    await barrier.arrived();

    await app.instance().signOut(requestWith(cookie));
    await barrier.open();

    expect(await refreshing).toBeNull();
    expect(await get()).toBeNull();
    expect(app.emulator.liveRefreshTokens()).toEqual([]);
  });

  it.each(['appliedThenReset', 'appliedThenConflict'] as const)(
    'revokes the tokens although the answer of the store is lost: %s',
    async (fault) => {
      await startSignedIn();
      store.failWrites(fault);

      await app.sessions.signOut(requestWith(cookie));

      expect(await get()).toBeNull();
      expect(app.emulator.liveRefreshTokens()).toEqual([]);
    },
  );

  it('waits for Cognito three seconds at most', async () => {
    await startSignedIn();
    const barrier = app.emulator.hold('RevokeToken');
    const signingOut = app.sessions.signOut(requestWith(cookie));
    await barrier.arrived();

    app.time.advance(3000);

    expect((await signingOut).hadSession).toBe(true);
    expect(await get()).toBeNull();
    expect(app.logged).toEqual([
      { level: 'warn', message: 'A refresh token was not revoked.', details: { code: 'timeout' } },
    ]);
    await barrier.open();
  });

  it('that the store refuses is reported: the session has not ended', async () => {
    await startSignedIn();
    store.failWrites('refused');

    await expect(app.sessions.signOut(requestWith(cookie))).rejects.toEqual(unavailable('storeError'));
    expect(app.logged).toHaveLength(1);
  });

  it('revokes what a refresh commits between its look and the end of the session', async () => {
    await startWithExpiredTokens();
    store.interleave('delete', async () => {
      await get(app.instance());
    });

    await app.sessions.signOut(requestWith(cookie));

    expect(await get()).toBeNull();
    expect(app.emulator.liveRefreshTokens()).toEqual([]);
  });

  it('revokes what a refresh has committed in the meantime', async () => {
    await startWithExpiredTokens();
    await get();

    await app.sessions.signOut(requestWith(cookie));

    expect(app.emulator.liveRefreshTokens()).toEqual([]);
  });
});

describe('a store that fails', () => {
  it.each(['appliedThenReset', 'appliedThenConflict', 'refused'] as const)(
    'does not cost the new tokens: %s',
    async (fault) => {
      await startWithExpiredTokens();
      const barrier = app.emulator.hold(REFRESH);
      const refreshing = get();
      await barrier.arrived();
      store.failWrites(fault);
      await barrier.open();

      expect(await isValid(await refreshing)).toBe(true);
      expect(await isValid(await get(app.instance()))).toBe(true);
      expect(app.refreshCount()).toBe(1);
      expect(app.emulator.log.count('RevokeToken')).toBe(0);
    },
  );

  describe('for longer than an attempt lives, with an answer of Cognito at hand', () => {
    /** Another refresh would come to its end meanwhile. */
    const aMoment = () => new Promise((go) => setTimeout(go, 50));

    /** An instance whose refresh has its answer, and whose first write of it was refused. It goes on when the test says so. */
    async function holdCommit(tokenAgeMs = 3_600_000) {
      await startSignedIn();
      app.time.advance(tokenAgeMs);
      let isPaused = false;
      let goOn: () => void = () => undefined;
      const pause = new Promise<void>((go) => (goOn = go));
      let apiAnswers = 0;
      const instance = app.instance({
        apiOrigins: ['https://api.example.com'],
        fetch: (...call) =>
          call[0] instanceof Request
            ? Promise.resolve(new Response(null, { status: apiAnswers++ === 0 ? 401 : 200 }))
            : localFetch(...call),
        wait: (ms, signal) => {
          if (ms !== 100) return app.time.wait(ms, signal);
          isPaused = true;
          return pause;
        },
      });
      const barrier = app.emulator.hold(REFRESH);
      const first = get(instance).catch(() => null);
      await barrier.arrived();
      store.failWrites('refused');
      await barrier.open();
      await until(() => isPaused);
      return { instance, first, goOn };
    }

    it('does not cost the session: later requests of the process wait for that answer', async () => {
      const { instance, first, goOn } = await holdCommit();
      app.time.advance(10_000);

      const reads = callsOf('read');
      const second = get(instance);
      await until(() => callsOf('read') > reads);
      await aMoment();
      goOn();

      expect(await isValid(await second)).toBe(true);
      await first;
      expect(app.refreshCount()).toBe(1);
    });

    it('does not cost the session of a request whose valid tokens an API has refused', async () => {
      const { instance, first, goOn } = await holdCommit(3_580_000);
      app.time.advance(3000);
      const session = await first;
      if (session === null) throw new Error('The valid token was not served.');
      app.time.advance(7000);

      const called = instance.fetch(session, new Request('https://api.example.com/orders'));
      await aMoment();
      goOn();

      expect((await called).status).toBe(200);
      expect(app.refreshCount()).toBe(1);
      expect(await isValid(await get())).toBe(true);
    });

    it('is given up after 90 seconds: the process may have been frozen', async () => {
      const { instance, first, goOn } = await holdCommit();
      app.time.advance(90_000);

      expect(await get(instance)).toBeNull();
      expect(app.refreshCount()).toBe(2);
      goOn();
      await first;
    });
  });

  it.each(['appliedThenReset', 'appliedThenConflict'] as const)(
    'does not cost the claim: %s',
    async (fault) => {
      await startWithExpiredTokens();
      store.failWrites(fault);

      expect(await isValid(await get())).toBe(true);
      expect(app.refreshCount()).toBe(1);
    },
  );

  it('that cannot be reached answers 503 and ends nothing, and the log says so once', async () => {
    await startWithExpiredTokens();
    store.failWrites('refused', 'refused');

    await expect(get()).rejects.toEqual(unavailable('storeError'));

    expect(app.logged).toEqual([
      { level: 'error', message: 'The session store failed.', details: { code: 'Error' } },
    ]);

    expect(await isValid(await get())).toBe(true);
  });
});

describe('a good answer that is not good', () => {
  it('with tokens of another user is refused, and its refresh token is not stored', async () => {
    await startWithExpiredTokens({ settings: { graceSeconds: 60 } });
    const bob = await app.emulator.signIn('bob');
    const tampered = app.instance({ fetch: answerWith((result) => void Object.assign(result, bob)) });

    await expect(get(tampered)).rejects.toEqual(unavailable('invalidResponse'));
    app.time.advance(2000);

    expect((await get())?.user.username).toBe('alice');
  });

  it('with tokens that have expired keeps its refresh token', async () => {
    await startSignedIn();
    const { AccessToken, IdToken } = await app.emulator.signIn('alice');
    app.expireTokens();
    const tampered = app.instance({
      fetch: answerWith((result) => void Object.assign(result, { AccessToken, IdToken })),
    });

    await expect(get(tampered)).rejects.toEqual(unavailable('invalidResponse'));
    app.time.advance(2000);

    expect(await isValid(await get())).toBe(true);
  });
});
