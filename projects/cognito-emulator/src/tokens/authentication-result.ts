import type { NewDeviceMetadata } from '../devices/device-of-session';

/** The shape of the SDK's `AuthenticationResultType`. */
export interface AuthenticationResult {
  /** A JWT, signed with RS256. */
  AccessToken: string;
  /** Seconds that the access token lives. */
  ExpiresIn: number;
  /** A JWT, signed with RS256 by another key. */
  IdToken: string;
  /** At sign-in, and on refreshes of a rotating client. */
  RefreshToken?: string;
  /** The only type there is. */
  TokenType: 'Bearer';
  /** At a sign-in with device remembering, unless the submitted device is known. */
  NewDeviceMetadata?: NewDeviceMetadata;
}

/** What a sign-in gives: it always has a refresh token. */
export interface SignInResult extends AuthenticationResult {
  /** An opaque value. */
  RefreshToken: string;
}
