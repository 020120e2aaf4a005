import type { Observable } from 'rxjs';

/** The configuration of `provideAwsCredentials`. */
export interface AwsCredentialsConfig {
  /** Such as `eu-west-1:11111111-2222-3333-4444-555555555555`. */
  identityPoolId: string;
  /** Whether signed-out users get credentials of a guest. The identity pool has to allow it. Default false. */
  guests?: boolean;
  /** One of the roles that a rule or `cognito:roles` allows the user to choose. Guests have no choice. */
  customRoleArn?: string;
  /** Refresh this long before the expiry. Default 300; at most a quarter of the lifetime. */
  refreshBufferSeconds?: number;
  /** The endpoint of the identity pool: emulator, proxy, FIPS. Default from the Region, other partitions included. */
  endpoint?: string;
  /** Default: the Region in `identityPoolId`. */
  region?: string;
  /**
   * The name of the user pool as the identity pool knows it: its key in the logins map. Default: host and path of the ID token's
   * issuer in the original form, such as `cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123`.
   */
  userPoolLogin?: string;
  /**
   * Tokens of further providers, by their names in the identity pool; sent beside that of the user pool. Each function is called
   * for each request to the identity pool. `undefined` leaves its provider out.
   */
  logins?: Readonly<Record<string, () => LoginToken>>;
}

/** The token of a further provider, or where it comes from: the first value counts. */
export type LoginToken = string | undefined | Promise<string | undefined> | Observable<string | undefined>;
