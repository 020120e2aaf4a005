import { inspect } from 'node:util';
import { thrownBy } from '../../../testing-support/held-sessions';
import { terminalRows, transientRows } from '../../../testing-support/refresh-error-rows';
import type { SessionError } from '../errors/session-error';
import type { SessionErrorCode } from '../errors/session-error-code';
import { isOutcomeUnknown, isTerminal, toServiceError } from './service-error';
import { parseAnswer, parseTokenAnswer, readAuthenticationResult, type HttpAnswer } from './token-response';

/** With a key id in its header, as all tokens of Cognito have. */
const SECRET = 'eyJraWQiOiJrZXktMSIsImFsZyI6IlJTMjU2In0.eyJzdWIiOiJ1c2VyLTEifQ.c2lnbmF0dXJl';

function answer(status: number, body: unknown, errorTypeHeader: string | null = null): HttpAnswer {
  const headers = { get: (name: string) => (name === 'x-amzn-ErrorType' ? errorTypeHeader : null) };
  return { status, body: typeof body === 'string' ? body : JSON.stringify(body), headers };
}

/** Code and end of the session by exception: those of a refresh, and one that only a revocation can meet. */
const EXCEPTIONS: readonly (readonly [string, SessionErrorCode, boolean])[] = [
  ...[...terminalRows, ...transientRows].flatMap(({ serviceError, code, verdict }) =>
    serviceError === undefined ? [] : [[serviceError, code, verdict === 'terminal'] as const],
  ),
  ['UnsupportedTokenTypeException', 'invalidConfiguration', false],
];

describe('an exception of Cognito', () => {
  it.each(EXCEPTIONS)('%s becomes %s; ends the session: %p', (name, code, ends) => {
    const error = thrownBy(() => parseTokenAnswer(answer(400, { __type: name, message: SECRET })));

    expect(error).toMatchObject({ name: 'SessionError', code, serviceError: name });
    expect(isTerminal(code)).toBe(ends);
    expect(inspect(error, { depth: 9 })).not.toContain(SECRET);
  });

  it.each(['message', 'Message'])('keeps what it says, without anything token-like: `%s`', (field) => {
    const body = { __type: 'UserLambdaValidationException', [field]: `RefreshToken failed with ${SECRET}.` };

    expect(thrownBy(() => parseAnswer(answer(400, body)))).toMatchObject({
      cause: { name: 'UserLambdaValidationException', message: 'RefreshToken failed with [redacted].' },
    });
  });

  it.each([[{ __type: 'ForbiddenException' }], [{ message: 'Forbidden' }], ['<html>']])(
    'has no cause where nothing is said: %j',
    (body) => {
      expect((thrownBy(() => parseAnswer(answer(403, body))) as SessionError).cause).toBeUndefined();
    },
  );

  it.each([
    ['Invalid Refresh Token.'],
    ['Refresh Token has expired'],
    ['Refresh Token has been revoked'],
    ['User is disabled.'],
    [undefined],
  ])('is judged by its name, never by its text: %p', (message) => {
    const error = thrownBy(() => parseAnswer(answer(400, { __type: 'NotAuthorizedException', message })));

    expect(error).toMatchObject({ code: 'refreshTokenExpired' });
  });

  it.each<readonly [string, unknown, string | null]>([
    ['in the body', { __type: 'RefreshTokenReuseException' }, null],
    ['in the body behind a namespace', { __type: 'com.amazonaws.cognito#RefreshTokenReuseException' }, null],
    ['in the header', {}, 'RefreshTokenReuseException'],
    ['in the header with a colon', {}, 'RefreshTokenReuseException:'],
    ['in the header with a colon and a link', {}, 'RefreshTokenReuseException:http://internal.amazon.com/x'],
    ['in the header behind a namespace', {}, 'com.amazonaws#RefreshTokenReuseException:'],
    ['in the header of an HTML page', '<html>', 'RefreshTokenReuseException:'],
    ['in the header of an empty answer', '', 'RefreshTokenReuseException:'],
    ['in the body first', { __type: 'RefreshTokenReuseException' }, 'NotAuthorizedException:'],
    ['in the header if the body names nothing', { __type: '' }, 'RefreshTokenReuseException:'],
    ['in the header if the body names no text', { __type: 5 }, 'RefreshTokenReuseException:'],
    ['in the header if the body names a namespace alone', { __type: 'x#' }, 'RefreshTokenReuseException:'],
  ])('is named %s', (_, body, header) => {
    expect(thrownBy(() => parseAnswer(answer(400, body, header)))).toMatchObject({
      code: 'rotationLost',
      serviceError: 'RefreshTokenReuseException',
    });
  });

  it.each(['', ':', '#', 'x#:'])('is not named by an empty header: %j', (header) => {
    const error = thrownBy(() => parseAnswer(answer(400, {}, header)));

    expect(error).toMatchObject({
      code: 'networkError',
      message: 'The endpoint answered HTTP 400.',
    });
    expect(error).toMatchObject({ serviceError: undefined });
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'])(
    'with the hostile name %s is an unknown one',
    (name) => {
      expect(thrownBy(() => parseAnswer(answer(400, { __type: name })))).toMatchObject({
        code: 'invalidResponse',
        serviceError: name,
      });
    },
  );
});

describe('an answer without a known exception', () => {
  const STATUSES = [400, 401, 403, 404, 428, 429, 430, 499, 500, 502, 503, 504, 520, 524, 201, 204, 302];

  it.each(STATUSES)(
    'of status %i may be of an intermediary: Cognito may have refreshed the session',
    (status) => {
      for (const body of ['', '<html>', 'null', {}, { message: 'Endpoint request timed out' }]) {
        const error = thrownBy(() => parseAnswer(answer(status, body)));

        expect(error).toMatchObject({ code: 'networkError', retryable: true, serviceError: undefined });
        expect(isOutcomeUnknown(error as SessionError)).toBe(true);
      }
    },
  );

  it.each<readonly [number, SessionErrorCode]>([
    [400, 'invalidResponse'],
    [403, 'invalidResponse'],
    [429, 'invalidResponse'],
    [499, 'invalidResponse'],
    [500, 'serviceError'],
    [503, 'serviceError'],
  ])('but with the name of a new one, of status %i, is of Cognito: %s', (status, code) => {
    const error = thrownBy(() => parseAnswer(answer(status, { __type: 'SomethingNewException' })));

    expect(error).toMatchObject({ code, retryable: true });
    expect(isTerminal(code)).toBe(false);
    expect(isOutcomeUnknown(error as SessionError)).toBe(false);
  });

  it('keeps the name of an exception that is not known', () => {
    expect(toServiceError('SomethingNewException', 400)).toMatchObject({
      code: 'invalidResponse',
      serviceError: 'SomethingNewException',
    });
  });

  it.each([
    '',
    ' ',
    '<html></html>',
    'null',
    '5',
    '"text"',
    `{"AuthenticationResult":{"AccessToken":"${SECRET}`,
  ])('is of an intermediary although its status is good: %s', (body) => {
    const error = thrownBy(() => parseTokenAnswer(answer(200, body)));

    expect(error).toMatchObject({ code: 'networkError', retryable: true });
    expect(isOutcomeUnknown(error as SessionError)).toBe(true);
    expect(inspect(error, { depth: 9 })).not.toContain(SECRET);
  });
});

describe('a good answer', () => {
  it('gives the tokens it carries', () => {
    const result = {
      AccessToken: 'A',
      IdToken: 'I',
      RefreshToken: 'R',
      ExpiresIn: 3600,
      TokenType: 'Bearer',
    };

    expect(parseTokenAnswer(answer(200, { AuthenticationResult: result }))).toEqual({
      accessToken: 'A',
      idToken: 'I',
      refreshToken: 'R',
    });
  });

  it.each([{}, { RefreshToken: '' }, { RefreshToken: null }, { RefreshToken: 5 }, { IdToken: '' }])(
    'gives no token for %j',
    (rest) => {
      const tokens = readAuthenticationResult({ AccessToken: 'A', ...rest });

      expect(tokens).toEqual({ accessToken: 'A', idToken: undefined, refreshToken: undefined });
    },
  );

  it.each([undefined, null, 'A', 5, [], {}, { AccessToken: 5 }, { AccessToken: '' }, { accessToken: 'A' }])(
    'is none without an access token: %j',
    (result) => {
      expect(thrownBy(() => readAuthenticationResult(result))).toMatchObject({ code: 'invalidResponse' });
      expect(thrownBy(() => parseTokenAnswer(answer(200, { AuthenticationResult: result })))).toMatchObject({
        code: 'invalidResponse',
      });
    },
  );

  it('may be empty where no tokens are expected', () => {
    expect(parseAnswer(answer(200, {}))).toEqual({});
  });
});
