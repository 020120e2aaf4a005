import type { NewDeviceMetadata } from '../devices/device-of-session';

/** The shape of the SDK's `AuthenticationResultType`. */
export interface AuthenticationResult {
  AccessToken: string;
  ExpiresIn: number;
  IdToken: string;
  /** At sign-in, and on refreshes of a rotating client. */
  RefreshToken?: string;
  TokenType: 'Bearer';
  /** At a sign-in with device remembering, unless the submitted device is known. */
  NewDeviceMetadata?: NewDeviceMetadata;
}

export type SignInResult = AuthenticationResult & { RefreshToken: string };
