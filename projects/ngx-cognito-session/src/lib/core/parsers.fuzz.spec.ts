import * as fc from 'fast-check';
import {
  damaged,
  expectCleanPrototypes,
  hostileTexts,
  hostileValues,
  textOf,
} from '../../../testing-support/fuzz/hostile';
import { refusalBy } from '../../../testing-support/fuzz/refusal-by';
import { draws } from '../../../testing-support/property/draws';
import { attempt, live } from '../../../testing-support/record-fixtures';
import { CLIENT_ID, USER_POOL_ID } from '../../../testing-support/test-tokens';
import { readJwt } from './jwt-parts';
import { createSession } from './session';
import {
  parseCopy,
  parseRecord,
  readRecord,
  recordOf,
  tombstone,
  type RecordReading,
} from './session-record';
import { readHint } from './tab-hint';
import { normalizeTokenInput, type TokenInput } from './token-input';
import { readTokenSet, toAuthTokens } from './token-set';

const EXPECTED = { clientId: CLIENT_ID, userPoolId: USER_POOL_ID };
const IAT = 1_767_614_400;

const ACCESS = {
  sub: 'user-1',
  iss: `https://cognito-idp.eu-west-1.amazonaws.com/${USER_POOL_ID}`,
  client_id: CLIENT_ID,
  token_use: 'access',
  scope: 'openid email',
  auth_time: IAT,
  iat: IAT,
  exp: IAT + 3600,
  username: 'alice',
  device_key: 'eu-west-1_device',
  'cognito:groups': ['admins'],
};
const ID = {
  sub: 'user-1',
  iss: ACCESS.iss,
  aud: CLIENT_ID,
  token_use: 'id',
  'cognito:username': 'alice',
  email: 'alice@example.com',
  email_verified: true,
  'custom:tenant': 't',
  iat: IAT,
  exp: IAT + 3600,
};

afterEach(expectCleanPrototypes);

const asJwt = (payload: unknown): string =>
  ['{"alg":"RS256"}', textOf(payload), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
const invalidToken = refusalBy('invalidToken');

describe('readJwt', () => {
  const part = hostileTexts(['sub', 'alg']).map((text) => Buffer.from(text).toString('base64url'));
  const texts = fc.oneof(
    hostileTexts(),
    fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('.')),
    fc.tuple(part, part, fc.string()).map((parts) => parts.join('.')),
  );

  it('throws invalidToken alone, and accepts two objects and a signature alone', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const parts = invalidToken(() => readJwt(text));

        if (parts === null) return;
        const [header = '', payload = '', ...rest] = text.split('.');
        expect(rest).toEqual([parts.signature]);
        for (const [encoded, value] of [[header, parts.header] as const, [payload, parts.payload] as const]) {
          expect(Object.prototype.toString.call(value)).toBe('[object Object]');
          const read = JSON.parse(Buffer.from(encoded, 'base64url').toString()) as object;
          expect(Object.keys(value)).toEqual(Object.keys(read));
        }
      }),
      draws(300, 20_000),
    );
  });

  it('throws invalidToken for whatever is not a text', () => {
    fc.assert(
      fc.property(hostileValues(), (value) => {
        fc.pre(typeof value !== 'string');

        expect(invalidToken(() => readJwt(value as string))).toBeNull();
      }),
      draws(100, 3000),
    );
  });
});

describe('readTokenSet', () => {
  it('refuses claims that are too deep to be shown or logged', () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    const payload = JSON.stringify({ ...ID, 'custom:deep': 0 }).replace(':0}', `:${deep}}`);
    const idToken = ['{}', payload, 'x'].map((part) => Buffer.from(part).toString('base64url')).join('.');

    expect(invalidToken(() => readTokenSet({ accessToken: asJwt(ACCESS), idToken }, EXPECTED))).toBeNull();
  });

  const claims = fc.tuple(
    fc.oneof(fc.constant<unknown>(ACCESS), damaged(ACCESS)),
    fc.oneof(fc.constant<unknown>(ID), damaged(ID)),
  );

  it('accepts tokens of one user, this pool and this app client alone, and every session of them can be shown and stored', () => {
    fc.assert(
      fc.property(claims, ([access, id]) => {
        const raw = { accessToken: asJwt(access), idToken: asJwt(id), refreshToken: 'refresh-1' };

        const tokens = invalidToken(() => readTokenSet(raw, EXPECTED));

        if (tokens === null) return;
        const { accessClaims, idClaims } = tokens;
        expect(accessClaims).toMatchObject({ token_use: 'access', client_id: CLIENT_ID, sub: idClaims?.sub });
        expect(idClaims).toMatchObject({ token_use: 'id', aud: CLIENT_ID });
        for (const { iss, iat, exp } of [accessClaims, idClaims ?? accessClaims]) {
          expect(iss.endsWith(`/${USER_POOL_ID}`)).toBe(true);
          expect(new Date(exp * 1000).getTime()).toBeGreaterThan(new Date(iat * 1000).getTime());
        }
        const session = createSession({
          tokens,
          driftMs: 0,
          refreshTokenValidityDays: 30,
          serverNowMs: () => IAT * 1000,
        });
        const { user, groups, scopes, expiresAt, signedInAt, endsAt } = session;
        expect(user.sub).toBe(accessClaims.sub);
        for (const text of [user.username, ...groups, ...scopes, ...Object.values(user.customAttributes)])
          expect(typeof text).toBe('string');
        for (const time of [expiresAt, signedInAt, endsAt]) expect(time?.getTime()).not.toBeNaN();
        const record = recordOf({ sid: 'a', gen: 1, since: IAT * 1000, tokens: toAuthTokens(tokens, 0) });
        expect(parseRecord(JSON.stringify(record))).toEqual(record);
      }),
      draws(150, 10_000),
    );
  });
});

describe('normalizeTokenInput', () => {
  const SHAPES = [
    { AccessToken: 'a', IdToken: 'i', RefreshToken: 'r', NewDeviceMetadata: { DeviceKey: 'd' } },
    { access_token: 'a', id_token: 'i', refresh_token: 'r' },
    { accessToken: 'a', idToken: 'i', refreshToken: 'r', deviceKey: 'd', clockDrift: 1, expiresAt: 1 },
    { refreshToken: 'r' },
  ];

  it('throws invalidToken alone, and returns texts that are not empty alone', () => {
    fc.assert(
      fc.property(fc.oneof(hostileValues(['accessToken']), ...SHAPES.map(damaged)), (input) => {
        const normal = invalidToken(() => normalizeTokenInput(input as TokenInput));

        if (normal === null) return;
        const { accessToken, idToken, refreshToken, deviceKey } =
          normal.kind === 'tokens' ? normal.raw : { ...normal, accessToken: undefined, idToken: undefined };
        expect(accessToken ?? refreshToken).toBeDefined();
        for (const text of [accessToken, idToken, refreshToken, deviceKey])
          expect(text === undefined || (typeof text === 'string' && text !== '')).toBe(true);
        if (normal.kind === 'tokens') expect(Number.isFinite(normal.clockDrift)).toBe(true);
      }),
      draws(300, 20_000),
    );
  });
});

describe('a stored record', () => {
  const LIVE = {
    ...live({
      attempts: [attempt('t', 3)],
      refused: 'refreshTokenExpired',
      spare: 's',
      backoff: { code: 'throttled', count: 2, until: 5 },
    }),
  };
  const ENDED = tombstone('a', 5, 'refreshTokenExpired');
  const values = fc.oneof(hostileValues(['v', 'sid', 'tokens']), damaged(LIVE), damaged(ENDED));

  /** By the promises of the type, not by the code that reads it. */
  function expectSound(reading: RecordReading): void {
    if (typeof reading === 'string') return;
    expect(reading.v).toBe(1);
    expect(new Date(reading.since).getTime()).not.toBeNaN();
    if (reading.sid === null) {
      expect(reading.ended).toEqual(expect.stringMatching(/[^]/));
      return;
    }
    const { sid, gen, tokens, attempts, spare, backoff } = reading;
    for (const text of [sid, tokens.accessToken, tokens.idToken ?? 'none', tokens.refreshToken ?? 'none'])
      expect(text).toEqual(expect.stringMatching(/[^]/));
    expect(spare ?? 'none').toEqual(expect.stringMatching(/[^]/));
    expect(Number.isSafeInteger(gen + 1)).toBe(true);
    expect(tokens.expiresAt).toBeGreaterThan(0);
    expect(new Date(tokens.expiresAt * 1000 + tokens.clockDrift * 1000).getTime()).not.toBeNaN();
    for (const { id, at, gen: claimed, locked } of attempts)
      expect([typeof id, Number.isFinite(at), Number.isSafeInteger(claimed), typeof locked]).toEqual([
        'string',
        true,
        true,
        'boolean',
      ]);
    if (backoff !== undefined) expect(Number.isFinite(backoff.until + backoff.count)).toBe(true);
  }

  it('is sound or corrupt, and never makes its reader throw', () => {
    fc.assert(
      fc.property(values, (value) => {
        expectSound(readRecord(value));
      }),
      draws(400, 30_000),
    );
  });

  it('is sound or corrupt as a text, also where it is a copy', () => {
    const texts = fc.oneof(hostileTexts(['v', 'sid', 'tokens']), values.map(textOf));
    fc.assert(
      fc.property(texts, (text) => {
        expectSound(parseRecord(text));
        expectSound(parseCopy(text));
      }),
      draws(300, 20_000),
    );
  });
});

describe('a message between tabs', () => {
  const HINT = { v: 1, type: 'signedOut', sid: 'sid-1', gen: 3, reason: 'idle' };

  it('has the members of a hint alone, and never makes its reader throw', () => {
    fc.assert(
      fc.property(fc.oneof(hostileValues(Object.keys(HINT)), damaged(HINT)), (message) => {
        const hint = readHint(message);

        if (hint === null || hint.type === 'changed') {
          expect([null, { type: 'changed' }]).toContainEqual(hint);
          return;
        }
        const { type, sid, gen = 0, reason = 'idle', ...more } = hint;
        expect({ type, reason, more }).toEqual({ type: 'signedOut', reason: 'idle', more: {} });
        expect(Number.isSafeInteger(gen)).toBe(true);
        expect(sid.length).toBeGreaterThan(0);
        // What a page remembers of forged messages must not grow without limit.
        expect(sid.length).toBeLessThanOrEqual(128);
      }),
      draws(400, 30_000),
    );
  });
});
