import { inspect } from 'node:util';
import { SessionError } from './session-error';
import type { SessionErrorCode } from './session-error-code';

const RETRYABLE: readonly SessionErrorCode[] = [
  'networkError',
  'timeout',
  'rotationPending',
  'throttled',
  'serviceError',
  'invalidResponse',
  'refused',
  'storageError',
  'restoreTimeout',
];
const FINAL: readonly SessionErrorCode[] = [
  'invalidConfiguration',
  'invalidToken',
  'noSession',
  'noIdToken',
  'noRefreshToken',
  'tokensOnServer',
  'superseded',
  'signInCancelled',
  'callbackInvalid',
  'signInFailed',
  'signedOut',
  'signedOutElsewhere',
  'userSwitched',
  'storageCleared',
  'storageUnreadable',
  'configurationFailed',
  'refreshTokenExpired',
  'rotationLost',
  'userNotFound',
  'passwordResetRequired',
  'userNotConfirmed',
  'sessionEnded',
  'tokensExpired',
  'idle',
];

describe('SessionError', () => {
  it('is an Error with a name that minifiers cannot change', () => {
    const error = new SessionError('noSession', 'The user is not signed in.');

    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(SessionError);
    expect(error.name).toBe('SessionError');
    expect(String(error)).toBe('SessionError: The user is not signed in.');
    expect(error.code).toBe('noSession');
    expect(error.stack).toContain('The user is not signed in.');
  });

  it.each(RETRYABLE)('says of %s that the call may succeed later', (code) => {
    expect(new SessionError(code, '').retryable).toBe(true);
  });

  it.each(FINAL)('says of %s that trying again is pointless', (code) => {
    expect(new SessionError(code, '').retryable).toBe(false);
  });

  it('has neither cause nor service error unless they are given', () => {
    const error = new SessionError('timeout', 'Too late.', { serviceError: undefined, cause: undefined });

    expect(error.cause).toBeUndefined();
    expect(error.serviceError).toBeUndefined();
  });

  it('keeps the AWS exception name', () => {
    const error = new SessionError('throttled', '', { serviceError: 'TooManyRequestsException' });

    expect(error.serviceError).toBe('TooManyRequestsException');
  });

  it('keeps nothing of a foreign error but its name and its redacted message', () => {
    const token = `eyJ${'x'.repeat(40)}.eyJ${'y'.repeat(40)}.sig`;
    const cause = Object.assign(new TypeError(`refused ${token}`), {
      $response: { body: token },
      request: { headers: { Authorization: `Bearer ${token}` } },
    });

    const error = new SessionError('networkError', 'No network.', { cause });

    expect(error.cause).toEqual({ name: 'TypeError', message: 'refused [redacted]' });
    expect(`${inspect(error, { depth: 9, showHidden: true })}${JSON.stringify(error)}`).not.toContain('xxxx');
  });
});
