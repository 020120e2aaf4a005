import * as fc from 'fast-check';
import { inspect } from 'node:util';
import { damaged, expectCleanPrototypes } from '../../../ngx-cognito-session/testing-support/fuzz/hostile';
import { draws } from '../../../ngx-cognito-session/testing-support/property/draws';
import { requestWith, ServerApp } from '../../testing-support/server-app';
import { ServerSessionError } from '../errors/server-session-error';
import type { SessionKey, SessionRow } from '../model/session-row';
import { isSound } from '../model/sound-row';
import type { ServerSessions } from '../server-sessions';
import type { RowCondition, SessionStore } from '../store/session-store';

const HOUR_MS = 3_600_000;
/** What a program of others has written into the row. */
const FOREIGN = 'written-by-another-program-eyJhbGciOi';

/** A table with one row, which another program may have written. */
class OneRow implements SessionStore {
  constructor(private row: SessionRow | null) {}

  read(): Promise<SessionRow | null> {
    return Promise.resolve(this.row);
  }

  create(): Promise<SessionRow | null> {
    return Promise.resolve(null);
  }

  update(_: SessionKey, condition: RowCondition, change: Partial<SessionRow>): Promise<SessionRow | null> {
    const before = this.row;
    if (before === null || !holds(before, condition)) return Promise.resolve(null);
    this.row = { ...before, ...change };
    return Promise.resolve(before);
  }

  delete(): Promise<SessionRow | null> {
    const before = this.row;
    this.row = null;
    return Promise.resolve(before);
  }

  list(): Promise<readonly SessionRow[]> {
    return Promise.resolve(this.row === null ? [] : [this.row]);
  }
}

function holds(row: SessionRow, { version, attempt, lastSeenAt }: RowCondition): boolean {
  const isSame = (asked: unknown, stored: unknown) => asked === undefined || asked === stored;
  return (
    isSame(version, row.version) &&
    isSame(lastSeenAt, row.lastSeenAt) &&
    isSame(attempt, row.attempt === null ? null : row.attempt.id)
  );
}

let app: ServerApp;
let cookie: string;
let key: SessionKey;
let sound: SessionRow;

beforeEach(async () => {
  app = await ServerApp.start();
  const { setCookie, session } = await app.sessions.signIn(await app.emulator.signIn('alice'));
  cookie = setCookie.split(';')[0] ?? '';
  key = { sub: session.user.sub, sidHash: session.id };
  const row = await app.store.read(key);
  if (row === null) throw new Error('The sign-in has stored no row.');
  // Its optional members as well are damaged.
  const attempt = { id: 'an attempt of before', at: app.time.now() - HOUR_MS };
  const backoff = { code: 'networkError', count: 1, until: app.time.now() - HOUR_MS };
  sound = { ...row, spare: row.refreshToken, revocable: row.refreshToken, attempt, backoff };
});
afterEach(async () => {
  expectCleanPrototypes();
  await app.close();
});

/** Every way in which the package reads a row. */
const READINGS: readonly ((sessions: ServerSessions, request: Request) => Promise<unknown>)[] = [
  (sessions, request) => sessions.get(request),
  (sessions, request) => sessions.list(request),
  (sessions, request) => sessions.signOut(request),
  (sessions, request) => sessions.end(request, key.sidHash),
  (sessions) => sessions.signOutEverywhere(key.sub),
];

/** An instance that finds this row, at a time when its tokens are good, or due. Cognito cannot be reached. */
function instanceWith(row: unknown, laterMs: number): ServerSessions {
  const now = app.time.now() + laterMs;
  return app.instance({
    store: new OneRow(row as SessionRow),
    now: () => now,
    fetch: () => Promise.reject(new TypeError('offline')),
  });
}

describe('a row of the store', () => {
  const foreign = fc.constantFrom<unknown>(FOREIGN, [FOREIGN], { id: FOREIGN, code: FOREIGN, at: 0 });
  const rows = () => {
    // The store has found the row by its key.
    const { sub, sidHash, ...members } = sound;
    const fields = Object.keys(members);
    const changed = fc
      .array(fc.tuple(fc.constantFrom(...fields), foreign), { minLength: 1, maxLength: 3 })
      .map((changes) => ({ ...sound, ...Object.fromEntries(changes) }));
    return fc.oneof(
      { weight: 3, arbitrary: damaged(members).map((rest) => ({ ...(rest as object), sub, sidHash })) },
      { weight: 1, arbitrary: changed },
    );
  };
  const later = fc.constantFrom(0, HOUR_MS, 24 * HOUR_MS);

  it('that is sound is a session', async () => {
    const session = await instanceWith(sound, 0).get(requestWith(cookie));

    expect(session?.user.username).toBe('alice');
  });

  it('is a session only if it is sound, whatever another program has written', async () => {
    await fc.assert(
      fc.asyncProperty(rows(), later, async (row, laterMs) => {
        const sessions = instanceWith(row, laterMs);
        const found = await sessions.get(requestWith(cookie)).catch((error: unknown) => {
          expect(error).toBeInstanceOf(ServerSessionError);
          return null;
        });

        if (found === null) return;
        expect(isSound(row as SessionRow)).toBe(true);
        expect(found).toMatchObject({ id: key.sidHash, user: { username: 'alice', sub: key.sub } });
        expect(app.emulator.accessTokenStatus(await found.accessToken()).isValid).toBe(true);
      }),
      draws(150, 5000),
    );
  });

  it('makes no call end in anything but an answer or a typed error, and is in no log', async () => {
    await fc.assert(
      fc.asyncProperty(rows(), later, fc.constantFrom(...READINGS), async (row, laterMs, read) => {
        app.logged.length = 0;
        const answer = await read(instanceWith(row, laterMs), requestWith(cookie)).catch(
          (error: unknown) => error,
        );

        if (answer instanceof Error) expect(answer).toBeInstanceOf(ServerSessionError);
        if (Array.isArray(answer))
          for (const { createdAt, lastSeenAt } of answer as { createdAt: Date; lastSeenAt: Date }[])
            for (const date of [createdAt, lastSeenAt]) expect(date.getTime()).not.toBeNaN();
        const said = inspect([app.logged, answer instanceof Error ? answer : null], { depth: 12 });
        expect(said).not.toContain(FOREIGN);
      }),
      draws(150, 5000),
    );
  });
});
