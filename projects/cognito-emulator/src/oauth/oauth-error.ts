import { jsonAnswer, type Answer } from '../http/answer';
import { ServiceError } from '../http/service-error';

export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_token_type';

export function oauthError(code: OAuthErrorCode, description = ''): ServiceError {
  return new ServiceError(code, description);
}

/** Of the token and revocation endpoints: 400 with `error`. An exception of the API becomes its OAuth counterpart. */
export function oauthErrorAnswer({ type, status, message }: ServiceError): Answer {
  const error = COUNTERPARTS[type] ?? type;
  const body = message === '' || error !== type ? { error } : { error, error_description: message };
  return { ...jsonAnswer(body, status), errorType: error };
}

/** One answer for every refused refresh token, rotated-out ones included. */
const COUNTERPARTS: Readonly<Record<string, OAuthErrorCode>> = {
  NotAuthorizedException: 'invalid_grant',
  RefreshTokenReuseException: 'invalid_grant',
  UserNotFoundException: 'invalid_grant',
  UserNotConfirmedException: 'invalid_grant',
  PasswordResetRequiredException: 'invalid_grant',
  ResourceNotFoundException: 'invalid_client',
  UnauthorizedException: 'unauthorized_client',
  UnsupportedOperationException: 'invalid_request',
  UnsupportedTokenTypeException: 'unsupported_token_type',
};
