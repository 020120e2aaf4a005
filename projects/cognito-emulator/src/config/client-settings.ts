/** The flows of InitiateAuth that a client may be allowed. */
export type AuthFlow = 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH' | 'USER_AUTH' | 'REFRESH_TOKEN_AUTH';

/**
 * What a rotated-out refresh token gives while its grace period runs. AWS does not document it, so a session library has to
 * survive all four: the same successor again, another one with both valid, or another one of which only one stays valid.
 */
export type InGraceAnswer = 'sameSuccessor' | 'bothValid' | 'onlyFirstValid' | 'onlyLastValid';

/** The settings of an app client that can change while the emulator runs. */
export interface ClientSettings {
  /** Whether refreshing replaces the refresh token; REFRESH_TOKEN_AUTH is refused then. */
  rotation: boolean;
  /** `RetryGracePeriodSeconds`: how long a rotated-out refresh token is still accepted. */
  graceSeconds: number;
  /** What a rotated-out refresh token gives within `graceSeconds`. */
  inGraceAnswer: InGraceAnswer;
  /** Whether a rotated refresh token gets an `origin_jti` of its own. AWS does not document it. */
  newOriginJtiOnRotation: boolean;
  /** Lifetimes in seconds, from 1 on: the minimum of five minutes that AWS has is not enforced. */
  idTokenSeconds: number;
  /** Of access tokens. */
  accessTokenSeconds: number;
  /** Counts from the sign-in; refreshing never extends it. */
  refreshTokenSeconds: number;
  /** `EnableTokenRevocation`: without it tokens carry neither `jti` nor `origin_jti`, and RevokeToken is refused. */
  tokenRevocation: boolean;
  /** The flows that the client may use; default: all. */
  authFlows: readonly AuthFlow[];
  /** `PreventUserExistenceErrors`: an unknown user looks like a wrong password. */
  preventUserExistenceErrors: boolean;
}

const DAY_SECONDS = 86_400;

/** The defaults of a client created in the AWS console, rotation off. */
export const DEFAULT_CLIENT_SETTINGS: ClientSettings = {
  rotation: false,
  graceSeconds: 0,
  inGraceAnswer: 'sameSuccessor',
  newOriginJtiOnRotation: false,
  idTokenSeconds: 3600,
  accessTokenSeconds: 3600,
  refreshTokenSeconds: 30 * DAY_SECONDS,
  tokenRevocation: true,
  authFlows: ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH', 'USER_AUTH', 'REFRESH_TOKEN_AUTH'],
  preventUserExistenceErrors: true,
};
