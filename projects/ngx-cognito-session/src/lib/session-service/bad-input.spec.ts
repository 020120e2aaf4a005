import { IDBDatabase as FakeDatabase } from 'fake-indexeddb';
import { EMPTY, firstValueFrom, of, Subject } from 'rxjs';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { emulatedApp, HOUR, MINUTE, REFRESH, SECOND } from '../../../testing-support/emulated-app';
import { ManualTime } from '../../../testing-support/manual-time';
import { writeDatabase } from '../../../testing-support/raw-database';
import { errorOf, startTab, type SessionApp } from '../../../testing-support/session-app';
import { emulatedBrowser } from '../../../testing-support/tabs';
import {
  accessToken,
  CLIENT_ID,
  idToken,
  sdkTokens,
  type TokenSpec,
} from '../../../testing-support/test-tokens';
import { turns, until } from '../../../testing-support/turns';
import {
  IndexedDbStorage,
  LocalStorageAdapter,
  TOKEN_REFRESHER,
  withStorage,
  type AuthTokens,
  type StorageAdapter,
  type TokenInput,
  type TokenRefresher,
} from '../../public-api';
import { tombstone, type LiveRecord } from '../core/session-record';

const app = emulatedApp();
const browser = emulatedBrowser(app);

type Path = readonly (string | number)[];

/** Paths of all fields of a document, outer ones included. */
function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, entry]) =>
    pathsOf(entry, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? inner : [path, ...inner];
}

/** A copy with another value at the path; `GONE`: without the field. */
function withValue(document: unknown, [key = '', ...rest]: Path, value: unknown): unknown {
  const copy: unknown = structuredClone(document);
  if (typeof copy !== 'object' || copy === null) return copy;
  const next: unknown = rest.length === 0 ? value : withValue(Reflect.get(copy, key), rest, value);
  if (next === GONE) Reflect.deleteProperty(copy, key);
  else Reflect.set(copy, key, next);
  return copy;
}

const GONE = Symbol('gone');
const DAMAGE: readonly unknown[] = [GONE, null, 'x', -1, 1e300, {}];

/** A record in which every field is set. */
function full(record: LiveRecord): LiveRecord {
  const { gen } = record;
  return {
    ...record,
    attempts: [{ id: 'attempt-1', gen, at: app.time.now(), locked: true }],
    refused: 'refreshTokenExpired',
    spare: 'spare-1',
    backoff: { code: 'networkError', count: 1, until: app.time.now() + SECOND },
  };
}

async function signInBefore(storage: StorageAdapter): Promise<LiveRecord> {
  const page = await browser.signIn({ storage });
  await until(() => page.session.isSignedIn());
  page.destroy();
  return browser.record();
}

const write = (value: unknown): Promise<void> =>
  writeDatabase('cognito-session', `record:${app.emulator.clientId}`, value);

/** What the app sees, as one text. */
function seen(page: SessionApp): string {
  const state = page.session.state();
  const events = page.events.map((event) => (event.type === 'error' ? event.error.code : event.type));
  return `${state.status === 'signedOut' ? state.reason : state.status}: ${events.join(', ')}`;
}

/** How many transactions begin while this runs. */
async function transactionsOf(work: () => Promise<unknown>): Promise<number> {
  const spy = jest.spyOn(FakeDatabase.prototype, 'transaction');
  await work();
  const own = (spy.mock.contexts as readonly IDBDatabase[]).filter(({ name }) => name === 'cognito-session');
  spy.mockRestore();
  return own.length;
}

const UNREADABLE = 'storageUnreadable: storageError';
const RESTORED = 'signedIn: sessionRestored';
const MENDED = 'signedIn: storageError, sessionRestored';

describe('one damaged field (E11)', () => {
  /** The outcomes that are not expected, for each damage to a document. */
  async function surprises(
    document: unknown,
    expected: readonly string[],
    start: (damaged: unknown) => Promise<string>,
  ): Promise<readonly string[]> {
    const found: string[] = [];
    for (const path of pathsOf(document))
      for (const value of DAMAGE) {
        const outcome = await start(withValue(document, path, value));
        if (!expected.includes(outcome)) found.push(`${path.join('.')} = ${String(value)}: ${outcome}`);
      }
    return found;
  }

  async function outcomeOf(storage: StorageAdapter): Promise<string> {
    const page = await browser.restore({ storage });
    // A copy is shown before the record confirms it, without an event.
    await until(() => page.events.some(({ type }) => type !== 'error') || !page.session.isSignedIn());
    const outcome = seen(page);
    page.destroy();
    return outcome;
  }

  it('of the record signs the page out and is reported once, or does no harm', async () => {
    const record = full(await signInBefore(new IndexedDbStorage()));

    const found = await surprises(record, [UNREADABLE, RESTORED], async (damaged) => {
      await write(damaged);
      return outcomeOf(new IndexedDbStorage());
    });

    expect(found).toEqual([]);
  });

  it('of a tombstone does not keep the page from starting', async () => {
    await signInBefore(new IndexedDbStorage());
    const ended = tombstone('sid-1', app.time.now(), 'rotationLost');

    const found = await surprises(ended, [UNREADABLE, 'noSession: '], async (damaged) => {
      await write(damaged);
      return outcomeOf(new IndexedDbStorage());
    });

    expect(found).toEqual([]);
  });

  describe('of the copy', () => {
    const key = () => `cognito-session:${app.emulator.clientId}`;

    async function damagedCopies(expected: readonly string[], record: (good: LiveRecord) => unknown) {
      const good = await signInBefore(new LocalStorageAdapter());
      const copy: unknown = JSON.parse(localStorage.getItem(key()) ?? '');
      return surprises(copy, expected, async (damaged) => {
        await write(record(good));
        localStorage.setItem(key(), JSON.stringify(damaged));
        return outcomeOf(new LocalStorageAdapter());
      });
    }

    it('does no harm to a good record', async () => {
      expect(await damagedCopies([RESTORED], (good) => good)).toEqual([]);
    });

    it('and a damaged record sign the page out, or what is left is enough', async () => {
      const expected = [UNREADABLE, `${UNREADABLE}, storageError`, MENDED];

      expect(await damagedCopies(expected, (good) => ({ ...good, gen: 'x' }))).toEqual([]);
    });

    it('without a record is reported once, or what is left is enough', async () => {
      expect(await damagedCopies([UNREADABLE, RESTORED], () => undefined)).toEqual([]);
    });
  });

  it('of a sign-out marker ends nothing', async () => {
    const { sid } = await signInBefore(new LocalStorageAdapter());
    const key = `cognito-session:${app.emulator.clientId}/signed-out/${sid}`;

    const found = await surprises({ sid: 'another', at: 1 }, [RESTORED], (damaged) => {
      localStorage.setItem(key, JSON.stringify(damaged));
      return outcomeOf(new LocalStorageAdapter());
    });

    expect(found).toEqual([]);
  });

  describe('of the record that a page finds while it runs', () => {
    it.each<[string, (record: LiveRecord) => unknown]>([
      ['its generation', (record) => ({ ...record, gen: 'x' })],
      [
        'its access token',
        (record) => ({ ...record, gen: 2, tokens: { ...record.tokens, accessToken: 'x' } }),
      ],
      ['all of it', () => 'nonsense'],
      ['its version', (record) => ({ ...record, v: 2 })],
    ])('signs it out once, however often it looks: %s', async (_, damage) => {
      const messages = new Subject<unknown>();
      const page = await browser.signIn({ channel: { messages$: messages } });
      await write(damage(await browser.record()));

      const transactions = await transactionsOf(async () => {
        for (let look = 0; look < 3; look++) {
          messages.next({ v: 1, type: 'changed' });
          await browser.pass(SECOND);
        }
        await browser.pass(10 * MINUTE);
      });

      expect(seen(page)).toBe('storageUnreadable: signedIn, storageError');
      expect(page.logged.filter(({ level }) => level === 'error')).toHaveLength(1);
      expect(transactions).toBeLessThan(10);
    });
  });

  it('of a message changes nothing, and is reported once', async () => {
    const messages = new Subject<unknown>();
    const page = await browser.signIn({ channel: { messages$: messages } });
    const { sid } = await browser.record();
    // Of any version a sign-out is applied.
    const values = [...DAMAGE, NaN].filter((value) => value !== -1);
    const damaged = [
      { v: 1, type: 'changed' },
      { v: 1, type: 'signedOut', sid },
    ].flatMap((message) =>
      pathsOf(message).flatMap((path) => values.map((value) => withValue(message, path, value))),
    );

    for (const message of [undefined, null, 'x', 7, ...damaged]) messages.next(message);
    await turns();

    expect(seen(page)).toBe('signedIn: signedIn');
    expect(page.logged.filter(({ level }) => level !== 'debug')).toHaveLength(1);
  });
});

describe('one damaged field of an answer of the transport (E11)', () => {
  const NOW_SECONDS = 1_700_000_000;
  const CLAIMS = ['sub', 'client_id', 'token_use', 'exp', 'iat', 'auth_time', 'cognito:groups'];

  function claimOf(jwt: (spec: TokenSpec) => string, claim: string, value: unknown): unknown {
    const claims = { [claim]: value === GONE ? undefined : value };
    return jwt({ iat: NOW_SECONDS + 60, claims, idClaims: claims });
  }

  const answers = (): readonly (readonly [string, unknown])[] => {
    const good = { iat: NOW_SECONDS + 60 };
    const whole = { accessToken: accessToken(good), idToken: idToken(good), refreshToken: 'rotated' };
    const fields = pathsOf(whole).flatMap((path) =>
      DAMAGE.map((value) => [`${path.join()} = ${String(value)}`, withValue(whole, path, value)] as const),
    );
    const claims = CLAIMS.flatMap((claim) =>
      DAMAGE.flatMap((value) => [
        [
          `access ${claim} = ${String(value)}`,
          { ...whole, accessToken: claimOf(accessToken, claim, value) },
        ] as const,
        [`id ${claim} = ${String(value)}`, { ...whole, idToken: claimOf(idToken, claim, value) }] as const,
      ]),
    );
    return [...fields, ...claims, ...DAMAGE.map((value) => [String(value), value] as const)];
  };

  it('is invalidResponse once and keeps the tokens, or does no harm', async () => {
    const found: string[] = [];
    for (const [name, answer] of answers()) {
      const time = new ManualTime(NOW_SECONDS * SECOND);
      const refresher = { refresh: () => of(answer), revoke: () => EMPTY } as unknown as TokenRefresher;
      const page = startTab({
        config: { region: 'eu-west-1', clientId: CLIENT_ID, refreshTokenValidityDays: 30 },
        time,
        features: [withStorage(new CountingStorage())],
        providers: [{ provide: TOKEN_REFRESHER, useValue: refresher }],
      });
      await firstValueFrom(page.session.setTokens(sdkTokens({ iat: NOW_SECONDS })));
      time.advance(MINUTE);
      await errorOf(page.session.forceRefresh()).catch(() => null);
      const isGood = page.session.session()?.endsAt?.getTime() === (NOW_SECONDS + 30 * 24 * 3600) * SECOND;
      const isRefreshed = seen(page) === 'signedIn: signedIn, tokenRefreshed';
      if (!isRefreshed && !(isGood && seen(page) === 'signedIn: signedIn, invalidResponse'))
        found.push(`${name}: ${seen(page)}`);
      if (Number.isNaN(page.session.session()?.endsAt?.getTime())) found.push(`${name}: no end`);
      page.destroy();
    }

    expect(found).toEqual([]);
  });
});

describe('a time out of range (E28)', () => {
  it.each<[string, (now: number) => object]>([
    ['an attempt', (at) => ({ attempts: [{ id: 'attempt-1', gen: 1, at, locked: false }] })],
    ['a back-off', (until) => ({ backoff: { code: 'networkError', count: 1, until } })],
  ])('of %s in the future does not keep the session from being refreshed', async (_, fields) => {
    const record = await signInBefore(new IndexedDbStorage());
    await write({ ...record, ...fields(app.time.now() + 365 * 24 * HOUR) });
    const page = await browser.restore();

    expect(await firstValueFrom(page.session.forceRefresh())).toMatchObject({ user: { username: 'alice' } });
    expect(await browser.record()).toMatchObject({ gen: 2 });
  });

  it.each<[string, Partial<AuthTokens>]>([
    ['a clock drift of a million years', { clockDrift: 3e13 }],
    ['an endless clock drift', { clockDrift: -Infinity }],
    [
      'a sign-in at the end of all dates',
      { accessToken: accessToken({ iat: 1_700_000_000, claims: { auth_time: 8.64e12 } }) },
    ],
    [
      'an expiry at the end of all dates',
      { accessToken: accessToken({ iat: 1_700_000_000, claims: { exp: 8.64e12 } }) },
    ],
  ])('of tokens that the app hands over is invalidToken: %s', async (_, fields) => {
    const page = await browser.signIn({ config: { refreshTokenValidityDays: 30 } });
    const tokens = await firstValueFrom(page.session.getTokens());

    const error = await errorOf(page.session.setTokens({ ...tokens, ...fields } as TokenInput));

    expect(error).toMatchObject({ code: 'invalidToken' });
    expect(page.session.isSignedIn()).toBe(true);
    expect(page.session.session()?.endsAt?.getTime()).toBeGreaterThan(page.time.now());
  });
});

describe('an app client with a secret (E9)', () => {
  it.each([
    'Invalid client secret.',
    'Unable to verify secret hash for client client1',
    'Client client1 is configured with secret but SECRET_HASH was not received',
  ])('is named in development, and the text decides nothing else: %s', async (message) => {
    const page = await browser.signIn();
    app.emulator.faults.add(REFRESH, { kind: 'error', type: 'NotAuthorizedException', message });

    const error = await errorOf(page.session.forceRefresh());

    expect(error).toMatchObject({
      code: 'refreshTokenExpired',
      serviceError: 'NotAuthorizedException',
    });
    expect(page.session.isSignedIn()).toBe(false);
    expect(reported(page)).toEqual([expect.stringMatching(/^NCS117: .* secret.* More: .*NCS117\.md/)]);
  });

  it.each([
    { type: 'NotAuthorizedException', message: 'Refresh Token has expired' },
    { type: 'InvalidParameterException', message: 'The secret of the trigger is unknown.' },
  ])('is not named for any other answer: %j', async (fault) => {
    const page = await browser.signIn();
    app.emulator.faults.add(REFRESH, { kind: 'error', ...fault });

    await errorOf(page.session.forceRefresh());

    expect(reported(page)).toEqual([]);
  });
});

describe('setTokens, called with something else', () => {
  const JWT_OBJECT = { payload: {}, toString: () => 'eyJ.eyJ.sig' };

  it.each<[string, RegExp, unknown]>([
    ['undefined', /received undefined or null\. .*AuthenticationResult/, undefined],
    [
      'a challenge answer',
      /received a challenge .*RespondToAuthChallenge/,
      { ChallengeName: 'SMS_MFA', Session: 'short-session' },
    ],
    [
      'a whole answer of InitiateAuth',
      /received a whole answer .*Pass the AuthenticationResult/,
      { AuthenticationResult: { AccessToken: 'short-token' } },
    ],
    ['an ID token only', /received an ID token only\. /, { IdToken: 'short-token' }],
    [
      'a result of fetchAuthSession()',
      /received the result of fetchAuthSession\(\) /,
      { tokens: { accessToken: JWT_OBJECT } },
    ],
    ['something unknown', /received neither an access token nor a refresh token\. /, {}],
  ])('says in development what it was, once: %s', async (_, text, input) => {
    const page = await browser.signIn();

    for (let call = 0; call < 2; call++)
      expect(await errorOf(page.session.setTokens(input as TokenInput))).toMatchObject({
        code: 'invalidToken',
        message: expect.stringMatching(text) as unknown,
      });

    expect(reported(page)).toEqual([
      expect.stringMatching(new RegExp(`^NCS120: setTokens ${text.source}.* More: .*NCS120\\.md`)),
    ]);
    expect(page.logged.map((line) => line.text).join()).not.toContain('short-');
    expect(page.session.isSignedIn()).toBe(true);
  });
});

/** The mistakes that development reported. */
function reported({ logged }: Pick<SessionApp, 'logged'>): readonly string[] {
  return logged.map(({ text }) => text).filter((text) => text.startsWith('NCS'));
}
