import * as fc from 'fast-check';
import { damaged, expectCleanPrototypes, hostileTexts, textOf } from '../../../testing-support/fuzz/hostile';
import { draws } from '../../../testing-support/property/draws';
import { SessionError } from '../errors/session-error';
import { isTerminal } from './service-error';
import { parseTokenAnswer } from './token-response';

afterEach(expectCleanPrototypes);

const NAMES = ['__type', 'message', 'Message', 'AuthenticationResult', 'AccessToken'];
const GOOD = { AuthenticationResult: { AccessToken: 'a', IdToken: 'i', RefreshToken: 'r', ExpiresIn: 3600 } };
const BAD = { __type: 'NotAuthorizedException', message: 'Refresh Token has expired' };

/** Cognito's own words for the end of a session. */
const FINAL = [
  'NotAuthorizedException',
  'RefreshTokenReuseException',
  'UserNotFoundException',
  'PasswordResetRequiredException',
  'UserNotConfirmedException',
];

const bodies = fc.oneof(hostileTexts(NAMES), damaged(GOOD).map(textOf), damaged(BAD).map(textOf));
const headers = fc.option(
  fc.oneof(
    hostileTexts(),
    fc.constantFrom(
      ...FINAL,
      'constructor',
      '__proto__',
      'com.amazon#NotAuthorizedException',
      'NotAuthorizedException:http://x',
    ),
  ),
  { nil: null },
);

describe('an answer of Cognito', () => {
  it('is tokens as texts or a SessionError, and ends a session by an exception of Cognito alone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(200, 200, 204, 302, 400, 403, 429, 500, 503),
        headers,
        bodies,
        (status, type, body) => {
          try {
            const {
              accessToken,
              idToken = 'none',
              refreshToken = 'none',
            } = parseTokenAnswer({
              status,
              headers: { get: () => type },
              body,
            });
            expect(status).toBe(200);
            for (const token of [accessToken, idToken, refreshToken])
              expect(token).toEqual(expect.stringMatching(/[^]/));
          } catch (error) {
            if (!(error instanceof SessionError)) throw error;
            expect(error.message.length).toBeLessThan(200);
            if (isTerminal(error.code)) {
              expect(status).not.toBe(200);
              expect(FINAL).toContain(error.serviceError);
              expect(`${type ?? ''} ${body}`).toContain(error.serviceError);
            }
          }
        },
      ),
      draws(400, 30_000),
    );
  });
});
