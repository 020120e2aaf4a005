import type { SessionError } from 'ngx-cognito-session';
import type { UserLogins } from './logins';
import { AwsCredentialsError, type AwsCredentialsErrorCode } from './aws-credentials-error';

declare const ngDevMode: unknown;

/** Whether the identity pool may have rejected the identity id that was sent. Pure. */
export function isRefusal(error: unknown): boolean {
  return error instanceof AwsCredentialsError && /^(wrong|guests|invalidC)/.test(error.code);
}

/**
 * The error for a call that has failed. `login`: the key of the user pool that was sent; `undefined` without logins. Decided by the
 * exception's name, never by its text; names that all of Cognito shares are those of the session's errors. Pure.
 */
export function toPoolError(error: SessionError, logins: UserLogins | null): AwsCredentialsError {
  const code = codeOf(error, logins?.login);
  // The Region and the id of the user pool are in it.
  const own = logins?.login === logins?.issued ? '' : `, that of the user pool is ${String(logins?.issued)}`;
  const sent = code === 'wrongLogins' ? ` The login sent was ${String(logins?.login)}${own}.` : '';
  const advice = typeof ngDevMode === 'undefined' || ngDevMode ? (ADVICE[code] ?? '') : '';
  return new AwsCredentialsError(code, error.message + sent + advice, error);
}

function codeOf(
  { code, serviceError = '' }: SessionError,
  login: string | undefined,
): AwsCredentialsErrorCode {
  if (/^(NotAuthorized|ResourceConflict)E/.test(serviceError))
    return login === undefined ? 'guestsNotAllowed' : 'wrongLogins';
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
