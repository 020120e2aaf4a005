import { thrownBy } from '../../../testing-support/held-sessions';
import { readJwt } from './jwt-parts';

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const HEADER = encoded({ alg: 'RS256' });
/** Its base64 has characters that base64url replaces. */
const CLAIMS = { sub: 'ÿÿÿ?>>>', name: 'Zoë 😀' };
const PAYLOAD = encoded(CLAIMS);

describe('a JWT', () => {
  it('is taken apart', () => {
    expect(PAYLOAD).toMatch(/-/);
    expect(PAYLOAD).toMatch(/_/);
    expect(readJwt(`${HEADER}.${PAYLOAD}.c2ln`)).toEqual({
      header: { alg: 'RS256' },
      payload: CLAIMS,
      signature: 'c2ln',
    });
  });

  it.each<readonly [unknown, string]>([
    [7, 'A JWT is a string.'],
    [undefined, 'A JWT is a string.'],
    ['', 'A JWT has three parts.'],
    [`${HEADER}.${PAYLOAD}`, 'A JWT has three parts.'],
    [`${HEADER}.${PAYLOAD}.c2ln.x`, 'A JWT has three parts.'],
    [`.${HEADER}.${PAYLOAD}.c2ln`, 'A JWT has three parts.'],
    [`${HEADER}.${PAYLOAD}.`, 'A JWT has three parts.'],
    [`${HEADER}.${PAYLOAD}.c2ln\n`, 'A part of the JWT is not base64url.'],
    [`\n${HEADER}.${PAYLOAD}.c2ln`, 'A part of the JWT is not base64url.'],
    [`${HEADER}=.${PAYLOAD}.c2ln`, 'A part of the JWT is not base64url.'],
    [`${HEADER}.${PAYLOAD}==.c2ln`, 'A part of the JWT is not base64url.'],
    ...[
      `${HEADER}.${encoded([CLAIMS])}.c2ln`,
      `${encoded(null)}.${PAYLOAD}.c2ln`,
      `${encoded('text')}.${PAYLOAD}.c2ln`,
      `${HEADER}.a.c2ln`,
      `${HEADER}.${Buffer.from('{').toString('base64url')}.c2ln`,
      // Not UTF-8.
      `${HEADER}.${Buffer.from([0x22, 0xff, 0x22]).toString('base64url')}.c2ln`,
      `${HEADER}.${Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]).toString('base64url')}.c2ln`,
    ].map((text) => [text, 'A part of the JWT is not a base64url-encoded JSON object.'] as const),
  ])('is not %j', (token, message) => {
    expect(thrownBy(() => readJwt(token as string))).toMatchObject({ code: 'invalidToken', message });
  });
});
