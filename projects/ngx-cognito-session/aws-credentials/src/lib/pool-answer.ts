import { AwsCredentialsError } from './aws-credentials-error';

type Body = Readonly<Record<string, unknown>>;

/** Credentials as the identity pool gave them. */
export interface PoolCredentials {
  readonly identityId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Epoch ms, server time. */
  readonly expirationMs: number;
}

/** The identity id of an answer. Throws `invalidResponse`. Pure. */
export function readIdentityId(body: Body): string {
  return text(body['IdentityId']);
}

/** The credentials of an answer. Throws `invalidResponse`. Pure. */
export function readCredentials(body: Body): PoolCredentials {
  const keys = (body['Credentials'] ?? {}) as Body;
  return {
    identityId: readIdentityId(body),
    accessKeyId: text(keys['AccessKeyId']),
    secretAccessKey: text(keys['SecretKey']),
    sessionToken: text(keys['SessionToken']),
    // Seconds, with fractions. Text and nonsense become NaN, and count as expired.
    expirationMs: Number(keys['Expiration']) * 1000,
  };
}

function text(value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new AwsCredentialsError('invalidResponse', 'The answer of the identity pool is incomplete.');
}
