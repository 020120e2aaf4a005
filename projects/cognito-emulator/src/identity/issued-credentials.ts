import { base64, hex, randomBytes } from '../crypto/bytes';

/** AWS credentials that `GetCredentialsForIdentity` has issued, and to whom. */
export interface IssuedCredentials {
  /** The key id. */
  readonly accessKeyId: string;
  /** The secret that requests are signed with. */
  readonly secretAccessKey: string;
  /** What has to be sent with each request. */
  readonly sessionToken: string;
  /** The identity they were issued to. */
  readonly identityId: string;
  /** The identity pool of the identity. */
  readonly identityPoolId: string;
  /** The role that the identity pool chose for the identity. */
  readonly roleArn: string;
  /** Whether the identity is a guest. */
  readonly isGuest: boolean;
  /** By the emulator's clock, epoch milliseconds. */
  readonly issuedAt: number;
  /** By the emulator’s clock, epoch milliseconds. */
  readonly expiresAt: number;
}

export type CredentialsSeed = Pick<
  IssuedCredentials,
  'identityId' | 'identityPoolId' | 'roleArn' | 'isGuest' | 'issuedAt' | 'expiresAt'
>;

/** All credentials of one emulator, expired ones included: a signed endpoint has to tell expired from unknown. */
export class CredentialStore {
  private readonly byAccessKeyId = new Map<string, IssuedCredentials>();

  issue(seed: CredentialsSeed): IssuedCredentials {
    const issued: IssuedCredentials = {
      ...seed,
      accessKeyId: `ASIA${hex(randomBytes(8)).toUpperCase()}`,
      secretAccessKey: base64(randomBytes(30)),
      sessionToken: base64(randomBytes(600)),
    };
    this.byAccessKeyId.set(issued.accessKeyId, issued);
    return issued;
  }

  find(accessKeyId: string): IssuedCredentials | undefined {
    return this.byAccessKeyId.get(accessKeyId);
  }

  all(): readonly IssuedCredentials[] {
    return [...this.byAccessKeyId.values()];
  }
}
