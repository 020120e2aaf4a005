import type { SignedRequestRecord } from '../signed/signed-requests';
import type { CredentialSource } from '../signed/verify-signature';
import type { StoredObject } from './stored-object';

export interface LocalS3Config {
  /** Whose credentials are accepted. */
  readonly emulator: CredentialSource & { readonly region: string };
  /** The buckets that exist. Default: `local-bucket`. */
  readonly buckets?: readonly string[];
  /**
   * Whether each identity is confined to the keys below `<identity id>/`, as by a role whose policy ends in
   * `${cognito-identity.amazonaws.com:sub}/*`. Default: false.
   */
  readonly isPrivatePerIdentity?: boolean;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
}

/** A small Amazon S3 in memory, addressed by path (`forcePathStyle: true`), that believes only signatures. */
export interface LocalS3 {
  /** `http://127.0.0.1:<port>`: the endpoint for the SDK. */
  readonly url: string;
  readonly port: number;
  readonly region: string;
  /** The first of the buckets. */
  readonly bucket: string;
  /** Every signed or unsigned request but preflights, in the order in which they were answered. */
  readonly requests: readonly SignedRequestRecord[];
  /** Waits for the next request that is answered after now. */
  nextRequest(): Promise<SignedRequestRecord>;
  clearRequests(): void;
  /** What is stored, in a bucket or in the first one. */
  objects(bucket?: string): readonly StoredObject[];
  /** Stores an object without a request. */
  put(key: string, content: string | Uint8Array, bucket?: string): void;
  close(): Promise<void>;
}
