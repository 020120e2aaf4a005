import { AwsCredentialsError } from './aws-credentials-error';

type Fields = Readonly<Record<string, unknown>>;

/** Credentials as the identity pool gave them. */
export interface PoolCredentials {
  readonly identityId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Epoch ms, server time; `NaN` for anything else. */
  readonly expirationMs: number;
  /** Server minus device, ms; `NaN`: the page may not read the server's time. */
  readonly driftMs: number;
}

/** The identity id of an answer. Throws `invalidResponse`. Pure. */
export function readIdentityId(body: Fields): string {
  return text(body, 'IdentityId');
}

/** The credentials of an answer. Throws `invalidResponse`. Pure. */
export function readCredentials(body: Fields, driftMs: number): PoolCredentials {
  const keys = (body['Credentials'] ?? {}) as Fields;
  return {
    identityId: readIdentityId(body),
    accessKeyId: text(keys, 'AccessKeyId'),
    secretAccessKey: text(keys, 'SecretKey'),
    sessionToken: text(keys, 'SessionToken'),
    // Seconds, with fractions.
    expirationMs: Number(keys['Expiration']) * 1000,
    driftMs,
  };
}

function text(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new AwsCredentialsError('invalidResponse', `The answer has no ${name}.`);
}
