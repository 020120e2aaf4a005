import { authTokens } from '../../../testing-support/test-tokens';
import { START_SECONDS } from '../../../testing-support/held-sessions';
import { parseSession, serializeSession, type StoredSession } from './stored-session';

const SESSION: StoredSession = { sid: 'sid-1', gen: 3, tokens: authTokens({ iat: START_SECONDS }, -1.5) };
const VALUE = JSON.parse(serializeSession(SESSION)) as Record<string, unknown>;

function withTokens(changed: object): object {
  return { ...VALUE, tokens: { ...SESSION.tokens, ...changed } };
}

describe('the stored value', () => {
  it('has its final form', () => {
    expect(VALUE).toEqual({ v: 1, sid: 'sid-1', gen: 3, tokens: SESSION.tokens });
  });

  it('is read back as it was written', () => {
    expect(parseSession(serializeSession(SESSION))).toEqual({ type: 'session', session: SESSION });
  });

  it.each([
    ['a device key', { deviceKey: 'device-1' }],
    ['a drift of zero', { clockDrift: 0 }],
    ['text beyond ASCII', { deviceKey: 'Zoë 日本語 😀 \u2028' }],
    ['a token of 10 kB', { idToken: 'x'.repeat(10_240) }],
  ])('is read back with %s', (_, changed) => {
    const session = { ...SESSION, tokens: { ...SESSION.tokens, ...changed } };

    expect(parseSession(serializeSession(session))).toEqual({ type: 'session', session });
  });

  it('is read back with an access token alone', () => {
    const { accessToken, expiresAt, clockDrift } = SESSION.tokens;
    const session = { ...SESSION, tokens: { accessToken, expiresAt, clockDrift } };

    expect(parseSession(serializeSession(session))).toEqual({ type: 'session', session });
  });

  it('is read back from the first generation on', () => {
    const session = { ...SESSION, gen: 1 };

    expect(parseSession(serializeSession(session))).toEqual({ type: 'session', session });
  });

  it.each([2, 1.5, 99])('of the future is left alone: version %p', (v) => {
    expect(parseSession(JSON.stringify({ ...VALUE, v }))).toEqual({ type: 'future' });
    expect(parseSession(JSON.stringify({ v, whatever: true }))).toEqual({ type: 'future' });
  });

  it.each<readonly [string, unknown]>([
    ['null', null],
    ['a number', 42],
    ['text', 'text'],
    ['an array', [VALUE]],
    ['nothing in it', {}],
    ['no version', { ...VALUE, v: undefined }],
    ['version zero', { ...VALUE, v: 0 }],
    ['a negative version', { ...VALUE, v: -1 }],
    ['text for the version', { ...VALUE, v: '1' }],
    ['no sid', { ...VALUE, sid: undefined }],
    ['an empty sid', { ...VALUE, sid: '' }],
    ['a number for the sid', { ...VALUE, sid: 5 }],
    ['no gen', { ...VALUE, gen: undefined }],
    ['gen zero', { ...VALUE, gen: 0 }],
    ['a broken gen', { ...VALUE, gen: 1.5 }],
    ['text for gen', { ...VALUE, gen: '1' }],
    ['a gen too large to count', { ...VALUE, gen: 2 ** 53 }],
    ['no tokens', { ...VALUE, tokens: undefined }],
    ['null for tokens', { ...VALUE, tokens: null }],
    ['text for tokens', { ...VALUE, tokens: 'text' }],
    ['no access token', withTokens({ accessToken: undefined })],
    ['a number for the access token', withTokens({ accessToken: 5 })],
    ['a drift that was NaN', withTokens({ clockDrift: NaN })],
    ['no drift', withTokens({ clockDrift: undefined })],
    ['text for the drift', withTokens({ clockDrift: '0' })],
    ['an expiry that was NaN', withTokens({ expiresAt: NaN })],
    ['no expiry', withTokens({ expiresAt: undefined })],
    ['a number for the ID token', withTokens({ idToken: 5 })],
    ['null for the refresh token', withTokens({ refreshToken: null })],
    ['an object for the device key', withTokens({ deviceKey: {} })],
  ])('is corrupt with %s', (_, value) => {
    expect(parseSession(JSON.stringify(value))).toEqual({ type: 'corrupt' });
  });

  it.each(['', ' ', 'null', '{', '{"v":1', 'undefined', '<html>', 'eyJhbGciOiJSUzI1NiJ9'])(
    'is corrupt if it reads %j',
    (text) => {
      expect(parseSession(text)).toEqual({ type: 'corrupt' });
    },
  );

  it('is corrupt wherever it was cut off', () => {
    const text = serializeSession(SESSION);

    for (let length = 0; length < text.length; length += 7)
      expect(parseSession(text.slice(0, length))).toEqual({ type: 'corrupt' });
  });
});
