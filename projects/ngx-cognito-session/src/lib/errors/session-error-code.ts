/** Why nobody is signed in. */
export type SignedOutReason =
  /** Nothing is stored. */
  | 'noSession'
  /** By `signOut()`. */
  | 'signedOut'
  /** By `signOut()` in another tab. */
  | 'signedOutElsewhere'
  /** Another tab has signed in another user, and `onUserSwitch` is `'signOut'`. */
  | 'userSwitched'
  /** Somebody else has removed the stored session: a person who cleared the site's data, or a script. */
  | 'storageCleared'
  /** What is stored could not be read at start; the `error` event says why. */
  | 'storageUnreadable'
  /** The configuration could not be loaded, or is wrong. */
  | 'configurationFailed'
  /** Expired, revoked or otherwise refused: Cognito does not say which. */
  | 'refreshTokenExpired'
  /** The refresh token has been replaced, and the new one is lost. */
  | 'rotationLost'
  /** The user has been deleted. */
  | 'userNotFound'
  /** An administrator wants a new password. */
  | 'passwordResetRequired'
  /** The user has yet to confirm the sign-up. */
  | 'userNotConfirmed'
  /** Refused after the known deadline of the session. */
  | 'sessionEnded'
  /** The tokens ran out and there was no refresh token. */
  | 'tokensExpired';

/** Every code a `SessionError` can carry. */
export type SessionErrorCode =
  /** The configuration is wrong, or the app client does not fit it. */
  | 'invalidConfiguration'
  /** What was given is no token of this app client and this use. */
  | 'invalidToken'
  /** Nobody is signed in. */
  | 'noSession'
  /** The sign-in gave no ID token. */
  | 'noIdToken'
  /** There is nothing to renew with. */
  | 'noRefreshToken'
  /** The tokens of this session are kept on a server. */
  | 'tokensOnServer'
  /** The stored session could not be read within 10 s; on a server at once. */
  | 'restoreTimeout'
  /** Another command, another sign-in or another tab came in between. */
  | 'superseded'
  /** Cognito could not be reached, or the answer did not arrive. */
  | 'networkError'
  /** No answer in time. */
  | 'timeout'
  /** The refresh token is spent, and another attempt may still bring the new one. */
  | 'rotationPending'
  /** Too many requests to Cognito. */
  | 'throttled'
  /** Cognito has failed, or code of the app behind a port has thrown. */
  | 'serviceError'
  /** The answer is not one of Cognito, or is of another user. */
  | 'invalidResponse'
  /** By a firewall in front of Cognito or a Lambda trigger behind it. */
  | 'refused'
  /** The storage failed or did not answer within 2 s. */
  | 'storageError'
  | SignedOutReason;
