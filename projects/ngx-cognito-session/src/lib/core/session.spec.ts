import { inspect } from 'node:util';
import { accessToken, CLIENT_ID, idToken, type TokenSpec } from '../../../testing-support/test-tokens';
import { START_MS, START_SECONDS } from '../../../testing-support/held-sessions';
import { createSession, type SessionFacts } from './session';
import { readTokenSet } from './token-set';

const EXPIRES_MS = START_MS + 3_600_000;

function sessionOf(spec: Partial<TokenSpec> = {}, facts: Partial<SessionFacts> = {}) {
  const given = { iat: START_SECONDS, ...spec };
  const raw = { accessToken: accessToken(given), idToken: idToken(given), refreshToken: 'refresh-1' };
  return createSession({
    tokens: readTokenSet(raw, { clientId: CLIENT_ID }),
    driftMs: 0,
    refreshTokenValidityDays: undefined,
    serverNowMs: () => START_MS,
    ...facts,
  });
}

describe('a session', () => {
  it('tells who, since when and until when', () => {
    const session = sessionOf(
      { lifetimeSeconds: 3600, idLifetimeSeconds: 600, claims: { auth_time: START_SECONDS - 7200 } },
      { driftMs: -1500, refreshTokenValidityDays: 2 },
    );

    expect(session.user).toMatchObject({ sub: 'user-1', username: 'alice', email: 'alice@example.com' });
    expect(session.issuedAt).toEqual(new Date(START_MS));
    expect(session.expiresAt).toEqual(new Date(START_MS + 600_000));
    expect(session.signedInAt).toEqual(new Date(START_MS - 7_200_000));
    expect(session.endsAt).toEqual(new Date(START_MS - 7_200_000 + 2 * 86_400_000));
    expect(session.clockDrift).toBe(-1.5);
    expect(session.accessClaims.token_use).toBe('access');
    expect(session.idClaims?.token_use).toBe('id');
  });

  it.each<[string, object, readonly string[], readonly string[]]>([
    ['groups as text', { 'cognito:groups': 'admins' }, [], ['aws.cognito.signin.user.admin']],
    [
      'groups with numbers in them',
      { 'cognito:groups': ['a', 7, ''] },
      ['a'],
      ['aws.cognito.signin.user.admin'],
    ],
    ['a scope that is a list', { scope: ['a', 'b'] }, [], []],
  ])('makes nothing of %s that a trigger has written', (_, claims, groups, scopes) => {
    const session = sessionOf({ claims: { ...claims } });

    expect(session.groups).toEqual(groups);
    expect(session.scopes).toEqual(scopes);
    expect(session.hasGroup('admin')).toBe(false);
  });

  it('shows objects in custom attributes as JSON, and the sub for a user name that is no text', () => {
    const { user } = sessionOf({
      claims: { username: 7 },
      idClaims: { 'cognito:username': null, 'custom:plan': { tier: 1 } },
    });

    expect(user.username).toBe('user-1');
    expect(user.customAttributes).toEqual({ plan: '{"tier":1}' });
  });

  it('cannot be changed through its claims', () => {
    const { accessClaims } = sessionOf();

    expect(Object.isFrozen(accessClaims)).toBe(true);
  });

  it('counts the sign-in from iat if the tokens have no auth_time', () => {
    expect(sessionOf({ claims: { auth_time: undefined } }).signedInAt).toEqual(new Date(START_MS));
  });

  it('has no ID claims without an ID token', () => {
    const tokens = readTokenSet(
      { accessToken: accessToken({ iat: START_SECONDS }) },
      { clientId: CLIENT_ID },
    );

    expect(sessionOf({}, { tokens }).idClaims).toBeNull();
  });

  it('does not know its end if the validity is not configured', () => {
    expect(sessionOf().endsAt).toBeNull();
  });

  it('does not know its end if there is no refresh token', () => {
    const tokens = readTokenSet(
      { accessToken: accessToken({ iat: START_SECONDS }) },
      { clientId: CLIENT_ID },
    );

    expect(sessionOf({}, { refreshTokenValidityDays: 30, tokens }).endsAt).toBeNull();
  });

  it.each([
    ['the access token', { claims: { 'cognito:groups': ['a', 'b'] } }, ['a', 'b']],
    ['the ID token', { idClaims: { 'cognito:groups': ['c'] } }, ['c']],
    [
      'the access token first',
      { claims: { 'cognito:groups': ['a'] }, idClaims: { 'cognito:groups': ['c'] } },
      ['a'],
    ],
    ['nowhere', {}, []],
  ])('has the groups of %s', (_, spec, groups) => {
    expect(sessionOf(spec).groups).toEqual(groups);
  });

  it('knows groups by their exact name', () => {
    const session = sessionOf({ claims: { 'cognito:groups': ['admins'] } });

    expect(session.hasGroup('admins')).toBe(true);
    expect(session.hasGroup('admin')).toBe(false);
    expect(session.hasGroup('Admins')).toBe(false);
    expect(session.hasGroup('')).toBe(false);
  });

  it.each([
    ['openid email  profile', ['openid', 'email', 'profile']],
    ['', []],
    [undefined, []],
  ])('reads the scope %p', (scope, scopes) => {
    expect(sessionOf({ claims: { scope } }).scopes).toEqual(scopes);
  });

  it.each([
    ['just before its expiry', -1, true],
    ['at its expiry', 0, false],
    ['just after its expiry', 1, false],
  ])('is valid %s: %p ms', (_, offsetMs, expected) => {
    expect(sessionOf().isValid(new Date(EXPIRES_MS + offsetMs))).toBe(expected);
    expect(sessionOf({}, { serverNowMs: () => EXPIRES_MS + offsetMs }).isValid()).toBe(expected);
  });

  it('asks the clock each time whether it is valid now', () => {
    let nowMs = START_MS;
    const session = sessionOf({}, { serverNowMs: () => nowMs });
    expect(session.isValid()).toBe(true);

    nowMs = EXPIRES_MS;

    expect(session.isValid()).toBe(false);
  });

  it('is not valid at a moment that is none', () => {
    expect(sessionOf().isValid(new Date(NaN))).toBe(false);
  });

  it('cannot be changed', () => {
    const session = sessionOf({ claims: { 'cognito:groups': ['a'] } });

    expect(
      [session, session.user, session.groups, session.scopes].map((part) => Object.isFrozen(part)),
    ).toEqual([true, true, true, true]);
  });

  it('shows no raw token, however it is looked at', () => {
    const spec = { iat: START_SECONDS };
    const session = sessionOf(spec);

    const shown = JSON.stringify(session) + inspect(session, { depth: 9, showHidden: true, getters: true });

    for (const token of [accessToken(spec), idToken(spec)])
      for (const part of [token, token.split('.')[1] ?? token]) expect(shown).not.toContain(part);
    expect(shown).not.toContain('refresh-1');
  });
});
