import {
  AuthorizationResponseError,
  OperationProcessingError,
  PARSE_ERROR,
  RESPONSE_IS_NOT_CONFORM,
  RESPONSE_IS_NOT_JSON,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'oauth4webapi';
import { SessionError, type SessionErrorDetails } from 'ngx-cognito-session';

const AGAIN = 'Start the sign-in again.';
/** Another status than that of tokens or of an OAuth error, an answer without JSON, or half of it. */
const NOT_OAUTH: readonly (string | undefined)[] = [
  PARSE_ERROR,
  RESPONSE_IS_NOT_CONFORM,
  RESPONSE_IS_NOT_JSON,
];

/**
 * The names that RFC 6749, RFC 8707 and OpenID Connect register for the answers of these two endpoints, and Cognito's own.
 *
 * @see https://www.iana.org/assignments/oauth-parameters/oauth-parameters.xhtml#extensions-error
 */
const OAUTH_ERRORS: ReadonlySet<string> = new Set([
  ...['access_denied', 'invalid_request', 'invalid_scope', 'invalid_target', 'server_error'],
  ...['temporarily_unavailable', 'unauthorized_client', 'unsupported_response_type'],
  ...['invalid_client', 'invalid_grant', 'unsupported_grant_type', 'slow_down'],
  ...['account_selection_required', 'consent_required', 'interaction_required', 'login_required'],
  ...['invalid_request_object', 'invalid_request_uri', 'registration_not_supported'],
  ...['request_not_supported', 'request_uri_not_supported'],
]);

/** What is wrong with the parameters of a callback whose `state` is known. Pure. */
export function callbackError(error: unknown): SessionError {
  if (!(error instanceof AuthorizationResponseError))
    return new SessionError('callbackInvalid', `The URL is not an answer of managed login. ${AGAIN}`);
  const isCancelled = error.error === 'access_denied';
  return new SessionError(
    isCancelled ? 'signInCancelled' : 'signInFailed',
    isCancelled ? 'The sign-in was cancelled.' : 'Managed login did not sign the user in.',
    described(error),
  );
}

/** Why the code gave no tokens. Nothing of the answer but its error is kept. Pure. */
export function exchangeError(error: unknown): SessionError {
  if (error instanceof ResponseBodyError) return refusal(error);
  if (error instanceof OperationProcessingError) return answerError(error);
  // The answer to an app client that has to authenticate.
  if (error instanceof WWWAuthenticateChallengeError) return clientError({ serviceError: 'invalid_client' });
  return new SessionError(
    'networkError',
    `Cognito could not be reached, and the code may be used. ${AGAIN}`,
    { cause: error },
  );
}

function refusal(error: ResponseBodyError): SessionError {
  const details = described(error);
  if (error.error === 'invalid_grant')
    return new SessionError('callbackInvalid', `The code has expired, or was used before. ${AGAIN}`, details);
  if (error.status === 429)
    return new SessionError('throttled', `Too many requests to Cognito. ${AGAIN}`, details);
  if (error.error === 'invalid_client') return clientError(details);
  return error.error === 'unauthorized_client'
    ? new SessionError(
        'invalidConfiguration',
        'The app client may not use the authorization code grant.',
        details,
      )
    : new SessionError('signInFailed', `Cognito gave no tokens. ${AGAIN}`, details);
}

function clientError(details: SessionErrorDetails): SessionError {
  return new SessionError(
    'invalidConfiguration',
    'Cognito refused the app client: it must exist, and have no secret.',
    details,
  );
}

function answerError({ code, message, name }: OperationProcessingError): SessionError {
  if (NOT_OAUTH.includes(code))
    return new SessionError('networkError', `An answer that is not Cognito's arrived. ${AGAIN}`);
  return new SessionError(
    'invalidToken',
    'The ID token is not one of this sign-in, user pool and app client.',
    { cause: Object.assign(new Error(message), { name }) },
  );
}

/** A URL can carry any name. Descriptions are texts of Cognito, of a trigger or of a provider. */
function described(error: AuthorizationResponseError | ResponseBodyError): {
  readonly serviceError: string;
  readonly cause: Error;
} {
  const serviceError = OAUTH_ERRORS.has(error.error) ? error.error : 'unknown_error';
  return {
    serviceError,
    cause: Object.assign(new Error(error.error_description ?? ''), { name: serviceError }),
  };
}
