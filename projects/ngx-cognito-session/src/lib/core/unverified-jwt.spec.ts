import { inspect } from 'node:util';
import { encodeJwt } from '../../../testing-support/test-tokens';
import { thrownBy } from '../../../testing-support/held-sessions';
import { decodeUnverifiedJwt } from './unverified-jwt';

function base64url(value: string | Uint8Array): string {
  return Buffer.from(value).toString('base64url');
}

const HEADER = base64url('{"alg":"RS256"}');
const PAYLOAD = base64url('{"sub":"user-1"}');

describe('decodeUnverifiedJwt', () => {
  it.each([
    ['nothing', '', 'three parts'],
    ['prose', 'not a token', 'three parts'],
    ['two parts', `${HEADER}.${PAYLOAD}`, 'three parts'],
    ['four parts', `${HEADER}.${PAYLOAD}.sig.more`, 'three parts'],
    ['five parts, as a refresh token has', `${HEADER}.${PAYLOAD}.c.d.e`, 'three parts'],
    ['no header', `.${PAYLOAD}.sig`, 'three parts'],
    ['no payload', `${HEADER}..sig`, 'three parts'],
    ['no signature', `${HEADER}.${PAYLOAD}.`, 'three parts'],
    ['a header that is not base64', `{}.${PAYLOAD}.sig`, 'not base64url.'],
    ['a payload that is not base64', `${HEADER}.%%%%.sig`, 'not base64url.'],
    ['a payload of an impossible length', `${HEADER}.${PAYLOAD}A.sig`, 'not a base64url-encoded JSON object'],
    [
      'a payload that is not JSON',
      `${HEADER}.${base64url('{"sub":')}.sig`,
      'not a base64url-encoded JSON object',
    ],
    ['a header that is not JSON', `${base64url('x')}.${PAYLOAD}.sig`, 'not a base64url-encoded JSON object'],
    ['an array for a payload', `${HEADER}.${base64url('[1]')}.sig`, 'not a base64url-encoded JSON object'],
    ['a text for a payload', `${HEADER}.${base64url('"text"')}.sig`, 'not a base64url-encoded JSON object'],
    ['a number for a payload', `${HEADER}.${base64url('42')}.sig`, 'not a base64url-encoded JSON object'],
    ['null for a payload', `${HEADER}.${base64url('null')}.sig`, 'not a base64url-encoded JSON object'],
    ['null for a header', `${base64url('null')}.${PAYLOAD}.sig`, 'not a base64url-encoded JSON object'],
    [
      'a payload that is not UTF-8',
      `${HEADER}.${base64url(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d))}.sig`,
      'not a base64url-encoded JSON object',
    ],
    ['a NUL character', `${HEADER}.${PAYLOAD}\u0000.sig`, 'not base64url.'],
    ['a line break at the end', `${HEADER}.${PAYLOAD}.sig\n`, 'not base64url.'],
    ['a line break that smuggles a header in', `${HEADER}.${PAYLOAD}.sig\r\nX-Evil: 1`, 'not base64url.'],
    ['a space inside', `${HEADER}.${PAYLOAD.slice(0, 4)} ${PAYLOAD.slice(4)}.sig`, 'not base64url.'],
    ['white space around it', ` ${HEADER}.${PAYLOAD}.sig`, 'not base64url.'],
    ['padding', `${HEADER}.${PAYLOAD}==.sig`, 'not base64url.'],
    ['plain base64', `${HEADER}.${PAYLOAD}.s+i/g`, 'not base64url.'],
  ])('refuses %s and says so without quoting it', (_, token, complaint) => {
    const error = thrownBy(() => decodeUnverifiedJwt(token));

    expect(error).toMatchObject({
      name: 'SessionError',
      code: 'invalidToken',
      message: expect.stringContaining(complaint),
    });
    if (token !== '') expect(inspect(error, { depth: 9 })).not.toContain(token);
  });

  it.each([[undefined], [null], [42], [{}], [[HEADER, PAYLOAD, 'sig']]])('refuses %p', (token) => {
    expect(thrownBy(() => decodeUnverifiedJwt(token as unknown as string))).toMatchObject({
      code: 'invalidToken',
      message: 'A JWT is a string.',
    });
  });

  it('reads header, payload and signature', () => {
    const jwt = decodeUnverifiedJwt(`${HEADER}.${PAYLOAD}.s-i_g`);

    expect(jwt.header).toEqual({ alg: 'RS256' });
    expect(jwt.payload).toEqual({ sub: 'user-1' });
    expect(jwt.signature).toBe('s-i_g');
  });

  it.each(['Zoë Ångström', '日本語', '😀 emoji', 'Ελλάδα', '\u0000 and "quotes"'])(
    'reads claims beyond ASCII: %s',
    (name) => {
      expect(decodeUnverifiedJwt(encodeJwt({ name })).payload).toEqual({ name });
    },
  );

  it('reads both characters that base64url has and base64 has not', () => {
    const name = '>>>???~~~';
    const token = encodeJwt({ name });
    expect(token.split('.')[1]).toMatch(/-.*_|_.*-/);

    expect(decodeUnverifiedJwt(token).payload).toEqual({ name });
  });

  it('gives iat and exp as dates', () => {
    const jwt = decodeUnverifiedJwt(encodeJwt({ iat: 1_700_000_000, exp: 1_700_003_600 }));

    expect(jwt.issuedAt).toEqual(new Date(1_700_000_000_000));
    expect(jwt.expiresAt).toEqual(new Date(1_700_003_600_000));
  });

  it.each([
    ['missing', {}],
    ['text', { exp: '1700000000', iat: '1700000000' }],
    ['null', { exp: null, iat: null }],
    ['beyond what a date can be', { exp: 8.64e12 + 1, iat: -8.64e12 - 1 }],
    ['enormous', { exp: 1e300, iat: 1e300 }],
  ])('gives no dates if the claims are %s', (_, claims) => {
    const jwt = decodeUnverifiedJwt(encodeJwt(claims));

    expect([jwt.issuedAt, jwt.expiresAt]).toEqual([null, null]);
  });

  it('gives the raw token by toString and shows it nowhere else', () => {
    const token = encodeJwt({ sub: 'user-1' });
    const jwt = decodeUnverifiedJwt(token);

    expect(jwt.toString()).toBe(token);
    expect(String(jwt)).toBe(token);
    const shown = [
      JSON.stringify(jwt),
      inspect(jwt, { depth: 9, showHidden: true }),
      JSON.stringify(Object.getOwnPropertyNames(jwt)),
      JSON.stringify(Object.values(jwt)),
    ].join();
    expect(shown).not.toContain(token);
    expect(shown).not.toContain(token.split('.')[1]);
  });
});
