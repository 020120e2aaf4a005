import { thrownBy } from '../../../testing-support/held-sessions';
import { normalizeTokenInput, type TokenInput } from './token-input';

function normalize(input: unknown, justIssued?: boolean) {
  return normalizeTokenInput(input as TokenInput, justIssued);
}

describe('normalizeTokenInput', () => {
  it.each([
    [
      'AuthTokens',
      { accessToken: 'A', idToken: 'I', refreshToken: 'R', deviceKey: 'D', expiresAt: 1, clockDrift: -2.5 },
      {
        raw: { accessToken: 'A', idToken: 'I', refreshToken: 'R', deviceKey: 'D' },
        justIssued: false,
        clockDrift: -2.5,
      },
    ],
    [
      'AuthTokens without drift',
      { accessToken: 'A', expiresAt: 1 },
      { raw: { accessToken: 'A' }, justIssued: false, clockDrift: 0 },
    ],
    [
      'a result of the SDK',
      { AccessToken: 'A', IdToken: 'I', RefreshToken: 'R', ExpiresIn: 3600, TokenType: 'Bearer' },
      { raw: { accessToken: 'A', idToken: 'I', refreshToken: 'R' }, justIssued: true, clockDrift: 0 },
    ],
    [
      'a result of the SDK with a new device',
      { AccessToken: 'A', NewDeviceMetadata: { DeviceKey: 'D', DeviceGroupKey: 'G' } },
      { raw: { accessToken: 'A', deviceKey: 'D' }, justIssued: true, clockDrift: 0 },
    ],
    [
      'a result of the SDK whose device is null',
      { AccessToken: 'A', NewDeviceMetadata: null },
      { raw: { accessToken: 'A' }, justIssued: true, clockDrift: 0 },
    ],
    [
      'a token response',
      { access_token: 'A', id_token: 'I', refresh_token: 'R', expires_in: 3600, token_type: 'Bearer' },
      { raw: { accessToken: 'A', idToken: 'I', refreshToken: 'R' }, justIssued: true, clockDrift: 0 },
    ],
    [
      'a token response of a renewal',
      { access_token: 'A' },
      { raw: { accessToken: 'A' }, justIssued: true, clockDrift: 0 },
    ],
    [
      'the shape of the SDK before the others',
      { AccessToken: 'A', access_token: 'B', accessToken: 'C', idToken: 'I', clockDrift: 7 },
      { raw: { accessToken: 'A' }, justIssued: true, clockDrift: 0 },
    ],
    [
      'a token response before AuthTokens',
      { access_token: 'B', accessToken: 'C', refreshToken: 'R' },
      { raw: { accessToken: 'B' }, justIssued: true, clockDrift: 0 },
    ],
    [
      'tokens some of which are empty or no text',
      { AccessToken: 'A', IdToken: '', RefreshToken: 42 },
      { raw: { accessToken: 'A' }, justIssued: true, clockDrift: 0 },
    ],
  ])('recognises %s', (_, input, expected) => {
    expect(normalize(input)).toEqual({ kind: 'tokens', ...expected });
  });

  it.each([
    ['of AuthTokens', { refreshToken: 'R' }, { refreshToken: 'R' }],
    ['with its device key', { refreshToken: 'R', deviceKey: 'D' }, { refreshToken: 'R', deviceKey: 'D' }],
    ['of the SDK', { RefreshToken: 'R' }, { refreshToken: 'R' }],
    [
      'of the SDK with a new device',
      { RefreshToken: 'R', NewDeviceMetadata: { DeviceKey: 'D' } },
      { refreshToken: 'R', deviceKey: 'D' },
    ],
    ['beside an empty access token', { accessToken: '', refreshToken: 'R' }, { refreshToken: 'R' }],
  ])('recognises a bare refresh token %s', (_, input, expected) => {
    expect(normalize(input)).toEqual({ kind: 'refreshTokenOnly', ...expected });
  });

  it.each([
    ['AuthTokens', { accessToken: 'A', clockDrift: 3 }],
    ['the SDK', { AccessToken: 'A' }],
    ['a token response', { access_token: 'A' }],
  ])('lets the caller decide whether tokens of %s were just issued', (_, input) => {
    expect(normalize(input, true)).toMatchObject({ justIssued: true });
    expect(normalize(input, false)).toMatchObject({ justIssued: false });
  });

  it.each([
    [null],
    [undefined],
    [''],
    ['a-token'],
    [42],
    [true],
    [[]],
    [['A', 'I', 'R']],
    [{}],
    [{ idToken: 'I' }],
    [{ IdToken: 'I' }],
    [{ accessToken: 42 }],
    [{ AccessToken: '' }],
    [{ access_token: null }],
    [{ refreshToken: '' }],
  ])('refuses %j, which holds no token', (input) => {
    expect(thrownBy(() => normalize(input))).toMatchObject({
      name: 'SessionError',
      code: 'invalidToken',
      message: expect.stringMatching(/^setTokens received /),
    });
  });

  it.each([NaN, Infinity, -Infinity, 1e300, -1e12, '5', {}])('refuses %p as clock drift', (clockDrift) => {
    expect(thrownBy(() => normalize({ accessToken: 'A', clockDrift }))).toMatchObject({
      code: 'invalidToken',
      message: expect.stringContaining('clockDrift'),
    });
  });
});
