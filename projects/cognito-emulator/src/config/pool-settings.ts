/** `original` is `https://cognito-idp.<region>…`, `updated` is `https://issuer-cognito-idp.<region>…`. */
export type IssuerForm = 'original' | 'updated';

/** The settings of a user pool that can change while the emulator runs. */
export interface PoolSettings {
  /** Which of its two addresses the issuer has. */
  issuerForm: IssuerForm;
  /** Sign-ins give `NewDeviceMetadata`, refreshes have to name the device key. */
  deviceRemembering: boolean;
  /** Whether a device must be confirmed (ConfirmDevice) before its key counts. */
  deviceConfirmation: boolean;
  /** Groups that have an IAM role: they give ID tokens `cognito:roles` and `cognito:preferred_role`. */
  groupRoles: readonly GroupRole[];
  /** `MfaConfiguration: ON`: users who have no authenticator app register one when they sign in (`MFA_SETUP`). */
  mfaRequired: boolean;
  /** `AllowedFirstAuthFactors`: what `USER_AUTH` lets users choose from; default: all that there are. The real default is the password alone. */
  firstAuthFactors: readonly FirstAuthFactor[];
  /** `UserSessionTracking`: users list and end their sessions, and a sign-in over the limit ends the one that was used least recently. */
  sessionTracking: boolean;
  /** `MaxPerUser`: how many sessions a user has at most, with `sessionTracking`. */
  maxSessionsPerUser: number;
}

/** What a sign-in by `USER_AUTH` may begin with. */
export type FirstAuthFactor = 'PASSWORD' | 'EMAIL_OTP';

/** The IAM role of a group. */
export interface GroupRole {
  /** The name of the group. */
  readonly group: string;
  /** The ARN of its role. */
  readonly roleArn: string;
  /** The lowest one of a user's groups is preferred; default: after all others. */
  readonly precedence?: number;
}

export const DEFAULT_POOL_SETTINGS: PoolSettings = {
  issuerForm: 'original',
  deviceRemembering: false,
  deviceConfirmation: false,
  groupRoles: [],
  mfaRequired: false,
  firstAuthFactors: ['PASSWORD', 'EMAIL_OTP'],
  sessionTracking: false,
  maxSessionsPerUser: 20,
};

/** New settings for one pool; without `userPoolId` for the first one. */
export interface PoolChange extends Partial<PoolSettings> {
  /** Default: the first pool. */
  userPoolId?: string;
}
