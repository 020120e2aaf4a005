import type { SessionError } from 'ngx-cognito-session';
import { AwsCredentialsError, type AwsCredentialsErrorCode } from './aws-credentials-error';

declare const ngDevMode: unknown;

/** Whether the identity pool may have rejected the identity id that was sent. Pure. */
export function isRefusal(error: unknown): boolean {
  return error instanceof AwsCredentialsError && !error.retryable && error.code !== 'roleNotTrusted';
}

/**
 * The error for a call that has failed. `sent`: the login of the user pool; `undefined` for a guest. Decided by the exception's name,
 * never by its text; names that all of Cognito shares are those of the session's errors. Pure.
 */
export function toPoolError(error: SessionError, sent: string | undefined): AwsCredentialsError {
  const code = codeOf(error, sent === undefined);
  // The Region and the id of the user pool are in it.
  const login = code === 'wrongLogins' ? ` The login sent was ${String(sent)}.` : '';
  const advice = typeof ngDevMode === 'undefined' || ngDevMode ? (ADVICE[code] ?? '') : '';
  return new AwsCredentialsError(code, error.message + login + advice, error);
}

function codeOf({ code, serviceError = '' }: SessionError, isGuest: boolean): AwsCredentialsErrorCode {
  if (/^(NotAuthorized|ResourceConflict)E/.test(serviceError))
    return isGuest ? 'guestsNotAllowed' : 'wrongLogins';
  if (serviceError.startsWith('InvalidIdentityPool')) return 'roleNotTrusted';
  // The provider of another login has failed.
  if (serviceError.startsWith('ExternalService')) return 'serviceError';
  return isShared(code) ? code : 'invalidResponse';
}

function isShared(code: string): code is AwsCredentialsErrorCode {
  return /^(throttled|networkError|serviceError|invalidConfiguration)$/.test(code);
}

/** For development. */
const ADVICE: Readonly<Partial<Record<AwsCredentialsErrorCode, string>>> = {
  wrongLogins:
    ' The identity pool must name this user pool and its app client as an identity provider. If it knows the user pool by another name, set userPoolLogin in provideAwsCredentials. A customRoleArn must be one that the user may choose.',
  guestsNotAllowed: ' The identity pool does not allow guests: enable guest access there, or remove guests.',
  roleNotTrusted:
    ' The role of the identity pool must trust cognito-identity.amazonaws.com for this identity pool.',
};
