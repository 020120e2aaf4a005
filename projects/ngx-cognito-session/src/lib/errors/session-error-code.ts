/** Why nobody is signed in. */
export type SignedOutReason =
  | 'noSession'
  | 'signedOut'
  | 'signedOutElsewhere'
  | 'userSwitched'
  | 'storageCleared'
  | 'storageUnreadable'
  | 'configurationFailed'
  /** Expired, revoked or otherwise refused: Cognito does not say which. */
  | 'refreshTokenExpired'
  | 'rotationLost'
  | 'userNotFound'
  | 'passwordResetRequired'
  | 'userNotConfirmed'
  /** Refused after the known deadline of the session. */
  | 'sessionEnded'
  /** The tokens ran out and there was no refresh token. */
  | 'tokensExpired';

/** Every code a `SessionError` can carry. */
export type SessionErrorCode =
  | 'invalidConfiguration'
  | 'invalidToken'
  | 'noSession'
  | 'noIdToken'
  | 'noRefreshToken'
  | 'tokensOnServer'
  | 'restoreTimeout'
  | 'superseded'
  | 'networkError'
  | 'timeout'
  | 'rotationPending'
  | 'throttled'
  | 'serviceError'
  | 'invalidResponse'
  /** By a firewall in front of Cognito or a Lambda trigger behind it. */
  | 'refused'
  | 'storageError'
  | SignedOutReason;
