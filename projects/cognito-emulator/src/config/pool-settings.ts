/** `original` is `https://cognito-idp.<region>…`, `updated` is `https://issuer-cognito-idp.<region>…`. */
export type IssuerForm = 'original' | 'updated';

/** The settings of a user pool that can change while the emulator runs. */
export interface PoolSettings {
  issuerForm: IssuerForm;
  /** Sign-ins give `NewDeviceMetadata`, refreshes have to name the device key. */
  deviceRemembering: boolean;
  /** Whether a device must be confirmed (ConfirmDevice) before its key counts. */
  deviceConfirmation: boolean;
}

export const DEFAULT_POOL_SETTINGS: PoolSettings = {
  issuerForm: 'original',
  deviceRemembering: false,
  deviceConfirmation: false,
};

/** New settings for one pool; without `userPoolId` for the first one. */
export interface PoolChange extends Partial<PoolSettings> {
  userPoolId?: string;
}
