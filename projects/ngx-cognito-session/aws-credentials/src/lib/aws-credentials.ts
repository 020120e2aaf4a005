/** Temporary keys of AWS for one identity of the identity pool. They are secret: do not store or log them. */
export interface AwsCredentials {
  /** Names the keys in each signature; not secret. */
  readonly accessKeyId: string;
  /** Signs requests. */
  readonly secretAccessKey: string;
  /** Accompanies each signed request. */
  readonly sessionToken: string;
  /** When AWS stops accepting them, in server time. */
  readonly expiration: Date;
  /** The identity in the identity pool; the same one after each refresh. Not secret. */
  readonly identityId: string;
}

/** Credentials in the form that AWS SDK clients read. */
export interface AwsCredentialIdentity {
  /** Names the keys in each signature. */
  readonly accessKeyId: string;
  /** Signs requests. */
  readonly secretAccessKey: string;
  /** Accompanies each signed request. */
  readonly sessionToken: string;
  /** When the client asks again, by the device's clock: in a minute at most. */
  readonly expiration: Date;
  /** The identity in the identity pool. */
  readonly identityId: string;
}

/** Fits the option `credentials` of every client of AWS SDK for JavaScript v3. `forceRefresh`: not from memory. */
export type AwsCredentialIdentityProvider = (options?: {
  readonly forceRefresh?: boolean;
}) => Promise<AwsCredentialIdentity>;
