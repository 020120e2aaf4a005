import { CLIENT_ID, encodeJwt, USER_POOL_ID } from '../../../testing-support/test-tokens';
import { thrownBy } from '../../../testing-support/held-sessions';
import { isClockDrift, isTimeMs, readAccessClaims, readIdClaims } from './claims';

const COMMON = { sub: 'user-1', iss: `https://cognito-idp.eu-west-1.amazonaws.com/${USER_POOL_ID}` };
const TIMES = { iat: 1_700_000_000, exp: 1_700_003_600 };
const ACCESS = { ...COMMON, ...TIMES, token_use: 'access', client_id: CLIENT_ID };
const ID = { ...COMMON, ...TIMES, token_use: 'id', aud: CLIENT_ID };
/** The last second of the year 9999. */
const LAST_SECOND = Date.UTC(10_000, 0) / 1000 - 1;
const EXPECTED = { clientId: CLIENT_ID, userPoolId: USER_POOL_ID };

/** Claims that make either token unusable, and what the error says about them. */
const UNUSABLE: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
  ['no sub', { sub: undefined }, 'no sub claim'],
  ['an empty sub', { sub: '' }, 'no sub claim'],
  ['a number for sub', { sub: 7 }, 'no sub claim'],
  ['no exp', { exp: undefined }, 'no usable exp claim'],
  ['null for exp, as NaN becomes in JSON', { exp: null }, 'no usable exp claim'],
  ['text for exp', { exp: '1700003600' }, 'no usable exp claim'],
  ['zero for exp', { exp: 0 }, 'no usable exp claim'],
  ['a negative exp', { exp: -1 }, 'no usable exp claim'],
  ['an exp beyond any date', { exp: 1e300 }, 'no usable exp claim'],
  ['an exp after the year 9999', { exp: LAST_SECOND + 1 }, 'no usable exp claim'],
  ['no iat', { iat: undefined }, 'no usable iat claim'],
  ['text for iat', { iat: '1700000000' }, 'no usable iat claim'],
  ['a negative iat', { iat: -1 }, 'no usable iat claim'],
  ['zero for iat', { iat: 0 }, 'no usable iat claim'],
  ['an iat equal to exp', { iat: TIMES.exp }, 'no usable iat claim'],
  ['an iat after exp', { iat: TIMES.exp + 1 }, 'no usable iat claim'],
  ['text for auth_time', { auth_time: 'yesterday' }, 'no usable auth_time claim'],
  ['a negative auth_time', { auth_time: -1 }, 'no usable auth_time claim'],
  ['an auth_time beyond any date', { auth_time: 1e300 }, 'no usable auth_time claim'],
  ['no iss', { iss: undefined }, 'no iss claim'],
  ['a number for iss', { iss: 3 }, 'no iss claim'],
  [
    'another pool',
    { iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other1234' },
    'another user pool',
  ],
  [
    'a pool id that only ends alike',
    { iss: `https://cognito-idp.eu-west-1.amazonaws.com/x${USER_POOL_ID}` },
    'another user pool',
  ],
  [
    'a pool id that is not at the end',
    { iss: `https://evil.test/${USER_POOL_ID}/other` },
    'another user pool',
  ],
];

const ISSUERS = [
  `https://cognito-idp.eu-west-1.amazonaws.com/${USER_POOL_ID}`,
  `https://issuer-cognito-idp.eu-west-1.amazonaws.com/${USER_POOL_ID}`,
  `http://127.0.0.1:9229/${USER_POOL_ID}`,
  `http://localhost:9229/${USER_POOL_ID}`,
];

describe('readAccessClaims', () => {
  it('gives the claims of an access token of this client', () => {
    const claims = readAccessClaims(encodeJwt({ ...ACCESS, scope: 'openid', extra: [1] }), EXPECTED);

    expect(claims).toEqual({ ...ACCESS, scope: 'openid', extra: [1] });
  });

  it.each(UNUSABLE)('refuses %s and says so', (_, claims, complaint) => {
    const token = encodeJwt({ ...ACCESS, ...claims });

    expect(thrownBy(() => readAccessClaims(token, EXPECTED))).toMatchObject({
      code: 'invalidToken',
      message: expect.stringContaining(complaint),
    });
  });

  it.each([
    ['an ID token', ID, 'Expected an access token'],
    ['an ID token that names a client', { ...ID, client_id: CLIENT_ID }, 'Expected an access token'],
    ['a token without token_use', { ...ACCESS, token_use: undefined }, 'Expected an access token'],
    ['another client', { ...ACCESS, client_id: 'other' }, 'another app client'],
    [
      'another client with this one as audience',
      { ...ACCESS, client_id: 'other', aud: CLIENT_ID },
      'another app client',
    ],
    ['no client', { ...ACCESS, client_id: undefined }, 'another app client'],
  ])('refuses %s and says so', (_, claims, complaint) => {
    const token = encodeJwt(claims);

    expect(thrownBy(() => readAccessClaims(token, EXPECTED))).toMatchObject({
      code: 'invalidToken',
      message: expect.stringContaining(complaint),
    });
  });

  it.each(ISSUERS)('knows the pool by its id, whatever the issuer form: %s', (iss) => {
    expect(readAccessClaims(encodeJwt({ ...ACCESS, iss }), EXPECTED).iss).toBe(iss);
  });

  it('takes tokens of any pool if none is expected', () => {
    const token = encodeJwt({ ...ACCESS, iss: 'https://anything.test/eu-west-1_Other1234' });

    expect(readAccessClaims(token, { clientId: CLIENT_ID }).sub).toBe('user-1');
  });

  it.each([{ auth_time: TIMES.iat }, { auth_time: undefined }, { auth_time: null }, { exp: LAST_SECOND }])(
    'accepts %j',
    (claims) => {
      expect(readAccessClaims(encodeJwt({ ...ACCESS, ...claims }), EXPECTED).sub).toBe('user-1');
    },
  );

  it('accepts an audience, as tokens bound to a resource have', () => {
    const aud = 'https://api.example.com';

    expect(readAccessClaims(encodeJwt({ ...ACCESS, aud }), EXPECTED).aud).toBe(aud);
  });
});

describe('readIdClaims', () => {
  it('gives the claims of an ID token of this client', () => {
    expect(readIdClaims(encodeJwt({ ...ID, email: 'a@b.c' }), EXPECTED)).toEqual({ ...ID, email: 'a@b.c' });
  });

  it.each(UNUSABLE)('refuses %s and says so', (_, claims, complaint) => {
    const token = encodeJwt({ ...ID, ...claims });

    expect(thrownBy(() => readIdClaims(token, EXPECTED))).toMatchObject({
      code: 'invalidToken',
      message: expect.stringContaining(complaint),
    });
  });

  it.each([
    ['an access token', { ...ACCESS, aud: CLIENT_ID }, 'Expected an id token'],
    ['another audience', { ...ID, aud: 'other' }, 'another app client'],
    ['no audience', { ...ID, aud: undefined }, 'another app client'],
    ['a list of audiences', { ...ID, aud: [CLIENT_ID] }, 'another app client'],
  ])('refuses %s and says so', (_, claims, complaint) => {
    const token = encodeJwt(claims);

    expect(thrownBy(() => readIdClaims(token, EXPECTED))).toMatchObject({
      code: 'invalidToken',
      message: expect.stringContaining(complaint),
    });
  });

  it.each(ISSUERS)('knows the pool by its id, whatever the issuer form: %s', (iss) => {
    expect(readIdClaims(encodeJwt({ ...ID, iss }), EXPECTED).iss).toBe(iss);
  });
});

describe('a time in milliseconds', () => {
  it.each([
    [0, true],
    [1, true],
    [253_402_300_799_000, true],
    [253_402_300_799_001, false],
    [-1, false],
    [NaN, false],
    [Infinity, false],
    ['1000', false],
    [undefined, false],
  ])('%p: %s', (value, expected) => {
    expect(isTimeMs(value)).toBe(expected);
  });
});

describe('the difference of two clocks in seconds', () => {
  it.each([
    [0, true],
    [-3.5, true],
    [253_402_300_799, true],
    [-253_402_300_799, true],
    [253_402_300_800, false],
    [-253_402_300_800, false],
    [NaN, false],
    ['3', false],
    [null, false],
  ])('%p: %s', (value, expected) => {
    expect(isClockDrift(value)).toBe(expected);
  });
});
