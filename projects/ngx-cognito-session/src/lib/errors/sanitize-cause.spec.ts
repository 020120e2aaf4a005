import { sanitizeCause } from './sanitize-cause';

const SECRET = 'eyJraWQiOiJhYmMifQ_AAAAAAAAA-aaaaaaaa';

describe('sanitizeCause', () => {
  it.each([
    ['a JWT', `got ${SECRET}.${SECRET}.${SECRET}!`, 'got [redacted]!'],
    ['a JWT of short parts', 'got eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1In0.c2ln!', 'got [redacted]!'],
    ['a JWT without its signature', 'got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1In0', 'got [redacted]'],
    ['a JWE with an empty part', `got ${SECRET}..${SECRET}.x.y`, 'got [redacted]'],
    ['a refresh token in a header', `Authorization: Bearer ${SECRET}`, 'Authorization: Bearer [redacted]'],
    ['base64 with padding and slashes', `<${'a+/'.repeat(14)}==>`, '<[redacted]>'],
    ['two tokens', `${SECRET} and ${SECRET}`, '[redacted] and [redacted]'],
    ['exactly 40 token characters', 'a1'.repeat(20), '[redacted]'],
    ['a token in a path', `/assets/app/${'a1'.repeat(20)}`, '/assets/app/[redacted]'],
  ])('redacts %s', (_, message, redacted) => {
    expect(sanitizeCause(new Error(message)).message).toBe(redacted);
  });

  it.each([
    'Failed to fetch',
    'connect ECONNREFUSED 127.0.0.1:9229',
    'User pool client 7k2m9p4q8r1s5t3u6v0w2x4y8z does not exist.',
    'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123/.well-known/jwks.json',
    'arn:aws:iam::123456789012:role/Cognito_AppAuth_Role-1A2B3C4D5E6F',
    'identity eu-west-1:0a1b2c3d-4e5f-6789-abcd-ef0123456789',
    'Failed to fetch /assets/app/orders/details/chunk-5Q3RT7WB.js',
    'a1'.repeat(19),
  ])('leaves the prose of "%s" alone', (message) => {
    expect(sanitizeCause(new Error(message)).message).toBe(message);
  });

  it('keeps the name of the error', () => {
    expect(sanitizeCause(new RangeError('x')).name).toBe('RangeError');
  });

  it('keeps no message of a JSON parser, which quotes what it could not read', () => {
    expect(sanitizeCause(new SyntaxError('Unexpected token in "short-token"'))).toEqual({
      name: 'SyntaxError',
      message: '',
    });
  });

  it.each([
    ['a token thrown as text', SECRET, 'string'],
    ['an object', { message: SECRET }, 'object'],
    ['null', null, 'object'],
    ['undefined', undefined, 'undefined'],
  ])('keeps only the type of %s', (_, cause, name) => {
    expect(sanitizeCause(cause)).toEqual({ name, message: '' });
  });
});
