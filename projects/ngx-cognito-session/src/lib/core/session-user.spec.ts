import { CLIENT_ID } from '../../../testing-support/test-tokens';
import type { AccessTokenClaims, IdTokenClaims } from './claims';
import { isSameUser, toSessionUser } from './session-user';

const TIMES = { iat: 1, exp: 2, iss: 'https://x/eu-west-1_A' };
const ACCESS: AccessTokenClaims = { ...TIMES, sub: 'user-1', token_use: 'access', client_id: CLIENT_ID };
const ID: IdTokenClaims = { ...TIMES, sub: 'user-1', token_use: 'id', aud: CLIENT_ID };

describe('toSessionUser', () => {
  it('reads every field it knows', () => {
    const user = toSessionUser(ACCESS, {
      ...ID,
      'cognito:username': 'alice',
      email: 'alice@example.com',
      email_verified: true,
      phone_number: '+491701234567',
      name: 'Alice A.',
      given_name: 'Alice',
      family_name: 'A.',
      'custom:tenant': 'blue',
      'custom:seats': 5,
      'dev:custom:hidden': 'no',
      locale: 'de',
    });

    expect(user).toEqual({
      sub: 'user-1',
      username: 'alice',
      email: 'alice@example.com',
      emailVerified: true,
      phoneNumber: '+491701234567',
      name: 'Alice A.',
      givenName: 'Alice',
      familyName: 'A.',
      customAttributes: { tenant: 'blue', seats: '5' },
    });
  });

  it('knows who it is from the access token alone', () => {
    expect(toSessionUser({ ...ACCESS, username: 'alice' }, null)).toEqual({
      sub: 'user-1',
      username: 'alice',
      customAttributes: {},
    });
  });

  it.each<readonly [string, object, object, string]>([
    ['the ID token first', { username: 'access' }, { 'cognito:username': 'id' }, 'id'],
    ['the access token otherwise', { username: 'access' }, {}, 'access'],
    ['the sub if nothing else is there', {}, {}, 'user-1'],
    [
      'the access token if the ID token has no text',
      { username: 'access' },
      { 'cognito:username': 7 },
      'access',
    ],
    [
      'the access token if the ID token has none',
      { username: 'access' },
      { 'cognito:username': '' },
      'access',
    ],
    ['the sub if the others are empty', { username: '' }, { 'cognito:username': '' }, 'user-1'],
  ])('takes the username from %s', (_, access, id, expected) => {
    expect(toSessionUser({ ...ACCESS, ...access }, { ...ID, ...id }).username).toBe(expected);
  });

  it.each([
    [true, true],
    ['true', true],
    [false, false],
    ['false', false],
    ['yes', false],
  ])('reads %p as verified: %p', (claim, expected) => {
    expect(toSessionUser(ACCESS, { ...ID, email_verified: claim }).emailVerified).toBe(expected);
  });

  it('has only the fields that the claims have', () => {
    expect(Object.keys(toSessionUser(ACCESS, ID)).sort()).toEqual(['customAttributes', 'sub', 'username']);
  });

  it('leaves out claims that are no text', () => {
    expect(toSessionUser(ACCESS, { ...ID, name: { first: 'A' }, phone_number: 49 })).toEqual({
      sub: 'user-1',
      username: 'user-1',
      customAttributes: {},
    });
  });

  it('keeps a hostile attribute name an attribute', () => {
    const { customAttributes } = toSessionUser(ACCESS, { ...ID, 'custom:__proto__': 'x' });

    expect(Object.getPrototypeOf(customAttributes)).toBe(Object.prototype);
    expect(Object.entries(customAttributes)).toEqual([['__proto__', 'x']]);
  });

  it('cannot be changed', () => {
    const user = toSessionUser(ACCESS, { ...ID, 'custom:a': 'b' });

    expect(Object.isFrozen(user)).toBe(true);
    expect(Object.isFrozen(user.customAttributes)).toBe(true);
  });
});

describe('isSameUser', () => {
  const id = { ...ID, email: 'alice@example.com', 'custom:tenant': 'blue' };
  const user = toSessionUser(ACCESS, id);

  it('is true for the user of newer tokens that say the same', () => {
    expect(isSameUser(user, toSessionUser({ ...ACCESS, iat: 2 }, { ...id, iat: 2 }))).toBe(true);
  });

  it.each([
    ['another address', { email: 'alice@example.org' }],
    ['another attribute of the pool', { 'custom:tenant': 'red' }],
    ['one that is new', { name: 'Alice' }],
  ])('is false with %s', (_, claims) => {
    expect(isSameUser(user, toSessionUser(ACCESS, { ...id, ...claims }))).toBe(false);
  });

  it('is false for nobody', () => {
    expect(isSameUser(user, null)).toBe(false);
    expect(isSameUser(null, null)).toBe(true);
  });
});
