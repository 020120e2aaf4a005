import type { SessionErrorCode } from 'ngx-cognito-session';

/** What a refresh can fail with at Cognito, or on the way there; see `docs/errors.md`. */
export type RefreshFailureCode = Extract<
  SessionErrorCode,
  // The session stays.
  | 'networkError'
  | 'timeout'
  | 'throttled'
  | 'serviceError'
  | 'invalidResponse'
  | 'refused'
  | 'invalidConfiguration'
  // The session is over.
  | 'refreshTokenExpired'
  | 'rotationLost'
  | 'userNotFound'
  | 'passwordResetRequired'
  | 'userNotConfirmed'
>;
