import { SessionError } from 'ngx-cognito-session';
import { AwsCredentialsError, type AwsCredentialsErrorCode } from 'ngx-cognito-session/aws-credentials';

const CREDENTIALS: Readonly<Record<AwsCredentialsErrorCode, string>> = {
  wrongLogins: 'The identity pool does not accept users of this user pool.',
  roleNotTrusted: 'The identity pool has no role for you, or the role does not trust it.',
  guestsNotAllowed: 'The identity pool admits signed-in users only.',
  throttled: 'Cognito does not accept more requests at the moment. Another attempt follows.',
  networkError: 'No answer from Cognito arrived. Check the connection.',
  invalidConfiguration: 'The identity pool does not exist, or a setting is wrong.',
  serviceError: 'Cognito has failed. Another attempt follows.',
  invalidResponse: 'The answer of Cognito could not be used.',
};

/** Names of the errors of S3 and of signed APIs. */
const SERVICES: ReadonlyMap<string, string> = new Map([
  ['AccessDenied', 'Your role does not allow this.'],
  ['NoSuchBucket', 'The bucket does not exist.'],
  ['ExpiredToken', 'The credentials have expired.'],
  ['RequestTimeTooSkewed', 'The clock of this device is wrong.'],
  ['TypeError', 'No answer arrived. Check the connection.'],
]);

/** What a user reads when credentials, or a call that needs them, have failed. Pure. */
export function describeAwsProblem(error: unknown): string {
  if (error instanceof AwsCredentialsError) return `${CREDENTIALS[error.code]} (${error.code})`;
  if (error instanceof SessionError)
    return error.code === 'noSession'
      ? 'No user is signed in: there are no credentials.'
      : `There is no current ID token: ${error.message} (${error.code})`;
  const name = error instanceof Error ? error.name : '';
  return `${SERVICES.get(name) ?? 'The service has refused the request.'}${name === '' ? '' : ` (${name})`}`;
}
