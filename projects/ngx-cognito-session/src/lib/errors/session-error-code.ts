/** Why the user is signed out. */
export type SignedOutReason =
  /** No session is stored. */
  | 'noSession'
  /** By `signOut()`. */
  | 'signedOut'
  /** By `signOut()` in another tab. */
  | 'signedOutElsewhere'
  /** Another tab has signed in another user, and `onUserSwitch` is `'signOut'`. */
  | 'userSwitched'
  /** The stored session was removed from outside: the user cleared the site's data, a script removed it, or its cookie is gone. */
  | 'storageCleared'
  /** The stored session could not be read; the `error` event has the cause. */
  | 'storageUnreadable'
  /** The configuration could not be loaded, or is wrong. */
  | 'configurationFailed'
  /** Expired, revoked or otherwise rejected: Cognito does not distinguish. */
  | 'refreshTokenExpired'
  /** The refresh token has been replaced, and the new one is lost. */
  | 'rotationLost'
  /** The user has been deleted. */
  | 'userNotFound'
  /** An administrator requires a new password. */
  | 'passwordResetRequired'
  /** The user has not confirmed the sign-up yet. */
  | 'userNotConfirmed'
  /** Rejected after the known deadline of the session. */
  | 'sessionEnded'
  /** The tokens expired, and there was no refresh token. */
  | 'tokensExpired'
  /** The user was inactive for too long (`withIdleSignOut`). */
  | 'idle';

/** Every code a `SessionError` can carry. */
export type SessionErrorCode =
  /** The configuration is wrong, or the app client does not fit it. */
  | 'invalidConfiguration'
  /** The input is not a token of this app client and this use. */
  | 'invalidToken'
  /** The user is not signed in. */
  | 'noSession'
  /** The sign-in returned no ID token. */
  | 'noIdToken'
  /** The session has no refresh token. */
  | 'noRefreshToken'
  /** The tokens of this session are kept on a server. */
  | 'tokensOnServer'
  /** The stored session could not be read within 10 s; on a server immediately. */
  | 'restoreTimeout'
  /** A later command, another sign-in or another tab came first. */
  | 'superseded'
  /** Cognito could not be reached, its answer did not arrive, or an intermediary answered. */
  | 'networkError'
  /** No answer in time. */
  | 'timeout'
  /** Cognito rejects the refresh token, and another attempt may still bring the new one. */
  | 'rotationPending'
  /** Too many requests to Cognito. */
  | 'throttled'
  /** Cognito has failed, or code of the app behind a port has thrown. */
  | 'serviceError'
  /** A good answer whose tokens are unusable, or an exception that the library does not know. */
  | 'invalidResponse'
  /** By a firewall in front of Cognito or a Lambda trigger behind it. */
  | 'refused'
  /** The storage failed or did not answer within 2 s. */
  | 'storageError'
  /** The user, or an identity provider, has cancelled the sign-in. */
  | 'signInCancelled'
  /** The URL does not finish a sign-in of this tab: it is used up, expired, from another tab, or forged. */
  | 'callbackInvalid'
  /** Managed login did not sign the user in, or could not be opened. */
  | 'signInFailed'
  | SignedOutReason;
