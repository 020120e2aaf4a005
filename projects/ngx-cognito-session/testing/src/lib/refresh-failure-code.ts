import type { SessionErrorCode } from 'ngx-cognito-session';

/** The errors of a refresh; see `docs/reference/refresh-failures.md`. */
export type RefreshFailureCode = Extract<
  SessionErrorCode,
  // The session continues.
  | 'networkError'
  | 'timeout'
  | 'throttled'
  | 'serviceError'
  | 'invalidResponse'
  | 'refused'
  | 'invalidConfiguration'
  // The session ends.
  | 'refreshTokenExpired'
  | 'rotationLost'
  | 'userNotFound'
  | 'passwordResetRequired'
  | 'userNotConfirmed'
>;
