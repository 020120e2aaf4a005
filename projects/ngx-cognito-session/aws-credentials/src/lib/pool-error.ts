import type { SessionError } from 'ngx-cognito-session';
import { AwsCredentialsError, type AwsCredentialsErrorCode } from './aws-credentials-error';

declare const ngDevMode: unknown;

const CODES: ReadonlyMap<string | undefined, AwsCredentialsErrorCode> = new Map<
  string | undefined,
  AwsCredentialsErrorCode
>([
  ['InvalidIdentityPoolConfigurationException', 'roleNotTrusted'],
  ['TooManyRequestsException', 'throttled'],
  ['LimitExceededException', 'throttled'],
  // Not in the operations' own lists: any AWS service may answer this.
  ['ThrottlingException', 'throttled'],
  ['InternalErrorException', 'serviceError'],
  // The provider of another login has failed.
  ['ExternalServiceException', 'serviceError'],
  ['InvalidParameterException', 'invalidConfiguration'],
  ['ResourceNotFoundException', 'invalidConfiguration'],
]);

/** Whether the identity pool may have rejected the identity id that was sent. Pure. */
export function isRefusal({ serviceError = '' }: { readonly serviceError?: string }): boolean {
  return /^(ResourceNotFound|NotAuthorized|ResourceConflict)Exception$/.test(serviceError);
}

/**
 * The error for a call that has failed. `status`: of the answer; `null`: none has arrived. `login`: the key of the user pool that
 * was sent; `null` without logins. Decided by the exception's name, never by its text. Pure.
 */
export function toPoolError(
  error: SessionError,
  status: number | null,
  login: string | null,
): AwsCredentialsError {
  const { serviceError } = error;
  const unknown = status === null ? 'networkError' : status >= 500 ? 'serviceError' : 'invalidResponse';
  let code = CODES.get(serviceError) ?? unknown;
  if (/^(NotAuthorized|ResourceConflict)/.test(serviceError ?? ''))
    code = login === null ? 'guestsNotAllowed' : 'wrongLogins';
  return new AwsCredentialsError(code, messageOf(code, error.message, login), error);
}

function messageOf(code: AwsCredentialsErrorCode, message: string, login: string | null): string {
  // The Region and the id of the user pool are in it.
  const sent = login === null || code !== 'wrongLogins' ? '' : ` The login sent was ${login}.`;
  if (typeof ngDevMode === 'undefined' || ngDevMode) return `${message}${sent}${ADVICE[code] ?? ''}`;
  return message + sent;
}

/** For development. */
const ADVICE: Readonly<Partial<Record<AwsCredentialsErrorCode, string>>> = {
  wrongLogins:
    ' The identity pool must name this user pool and its app client as an identity provider. If it knows the user pool by another name, set userPoolLogin in provideAwsCredentials. A customRoleArn must be one that the user may choose.',
  guestsNotAllowed: ' The identity pool does not allow guests: enable guest access there, or remove guests.',
  roleNotTrusted:
    ' The role of the identity pool must trust cognito-identity.amazonaws.com for this identity pool.',
};
