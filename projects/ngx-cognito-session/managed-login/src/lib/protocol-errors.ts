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
  return error.error.includes('client')
    ? clientError(details)
    : new SessionError('signInFailed', `Cognito gave no tokens. ${AGAIN}`, details);
}

function clientError(details: SessionErrorDetails): SessionError {
  return new SessionError('invalidConfiguration', 'The app client does not fit: it must be public.', details);
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

/** The names of OAuth errors are of a fixed alphabet. Their descriptions are texts of Cognito, of a trigger or of a provider. */
function described(error: AuthorizationResponseError | ResponseBodyError): {
  readonly serviceError: string;
  readonly cause: Error;
} {
  const serviceError = /^\w{1,60}$/.test(error.error) ? error.error : 'unknown_error';
  return {
    serviceError,
    cause: Object.assign(new Error(error.error_description ?? ''), { name: serviceError }),
  };
}
