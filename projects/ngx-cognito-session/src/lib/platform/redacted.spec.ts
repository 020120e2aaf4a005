import { SessionError } from '../errors/session-error';
import { redacted, redactedText } from './redacted';

const JWT = 'eyJraWQiOiJrMSIsImFsZyI6IlJTMjU2In0.eyJzdWIiOiJhMWIyIn0.c2lnbmF0dXJl';
const REFRESH_TOKEN = 'eyJjdHkiOiJKV1QifQ.a2V5.aXY.Y2lwaGVydGV4dA.dGFn';

describe('a redacted text', () => {
  it.each([
    ['a JWT', `before ${JWT} after`, 'before [redacted] after'],
    ['a JWT without a signature', `(${JWT.slice(0, JWT.lastIndexOf('.') + 1)})`, '([redacted].)'],
    ['a refresh token', `"${REFRESH_TOKEN}"`, '"[redacted]"'],
    ['a JWT glued to a word', `token${JWT}`, 'token[redacted]'],
    ['a long opaque token', `got ${'aB3_-'.repeat(8)}.`, 'got [redacted].'],
    ['a header', 'Authorization: Bearer opaque-1', 'Authorization: Bearer [redacted]'],
    ['a header of another scheme', 'authorization=opaque-1', 'authorization=[redacted]'],
    ['a field of JSON', '{"RefreshToken":"opaque-1","n":1}', '{"RefreshToken":"[redacted]","n":1}'],
    ['a parameter', '/token?refresh_token=opaque-1&n=1', '/token?refresh_token=[redacted]&n=1'],
  ])('holds no %s', (_, text, expected) => {
    expect(redactedText(text)).toBe(expected);
  });

  it.each([
    'NCS102: sessionInterceptor is registered, and there is no provideSession. More: node_modules/ngx-cognito-session/docs/reference/diagnostics/NCS102.md',
    'refreshTokenExpired: The refresh token was refused.',
    'invalidToken: Expected an access token by its token_use claim.',
    'A bearer authorization is missing.',
    'GetTokensFromRefreshToken did not answer within 10 s.',
    'https://api.example.com/orders/2026/11?page=2',
    '',
  ])('leaves %j as it is', (text) => {
    expect(redactedText(text)).toBe(text);
  });
});

describe('a redacted value', () => {
  it('keeps its shape and what is no secret', () => {
    const details = {
      ...{ code: 'timeout', attempt: 2, isLast: true, cause: null, nothing: undefined, big: 3n },
      list: ['a', { b: 1 }],
    };

    expect(redacted(details)).toStrictEqual(details);
  });

  it('keeps a date, in a copy', () => {
    const details = { expiresAt: new Date(1_700_000_000_000) };

    const copy = redacted(details) as typeof details;

    expect(copy).toStrictEqual(details);
    expect(copy.expiresAt).not.toBe(details.expiresAt);
  });

  it('holds nothing of fields that are named like tokens, however deep', () => {
    const details = {
      ...{ accessToken: 'opaque', Authorization: ['opaque'], 'set-cookie': 'a=b', password: 'x' },
      nested: { id_token: { raw: 'opaque' } },
    };

    expect(redacted(details)).toStrictEqual({
      ...{ accessToken: '[redacted]', Authorization: ['[redacted]'], 'set-cookie': '[redacted]' },
      ...{ password: '[redacted]', nested: { id_token: { raw: '[redacted]' } } },
    });
  });

  it.each([{ tokenUse: 'access' }, { token_type: 'id' }, { accessToken: '' }, { tokenValidityDays: 30 }])(
    'shows %j, which is no secret',
    (details) => {
      expect(redacted(details)).toStrictEqual(details);
    },
  );

  it('holds no token in the name of a field', () => {
    expect(redacted({ [JWT]: 1 })).toStrictEqual({ '[redacted]': 1 });
  });

  it('shows name, message and code of an error, and nothing else of it', () => {
    const error = Object.assign(new Error(`refused ${JWT}`), { request: { body: 'x' } });
    const cause = new SessionError('networkError', 'No way out.', { cause: error, serviceError: 'Nope' });

    expect(redacted({ error, cause })).toStrictEqual({
      error: { name: 'Error', message: 'refused [redacted]' },
      cause: { name: 'SessionError', message: 'No way out.', code: 'networkError' },
    });
  });

  it('shows no code and no description', () => {
    expect(redacted([() => JWT, Symbol(JWT)])).toStrictEqual(['[function]', '[symbol]']);
  });

  it('ends where it is deep, wide or a circle', () => {
    const circle: Record<string, unknown> = {};
    circle['again'] = circle;

    expect(redacted({ a: { b: { c: { d: { e: 1 } } } } })).toStrictEqual({ a: { b: { c: { d: '[…]' } } } });
    expect(redacted(circle)).toStrictEqual({ again: { again: { again: { again: '[…]' } } } });
    expect(redacted(Array.from({ length: 1000 }, () => 1))).toHaveLength(20);
  });

  it('says that a value cannot be read', () => {
    const details = {
      get broken(): string {
        throw new Error(JWT);
      },
    };

    expect(redacted({ details, fine: 1 })).toStrictEqual({ details: '[unreadable]', fine: 1 });
  });
});
