import { createHash } from 'node:crypto';
import type { Clock, IssuedCredentials } from 'cognito-emulator';
import { readSignature, type ClaimedSignature } from './read-signature';
import { namedPayloadHash, type ReceivedRequest } from './received-request';
import { recomputeSignature } from './recompute-signature';
import { SignatureRefusal } from './signature-refusal';

/** Where a signed endpoint finds out who a key id belongs to, and what time it is. An `Emulator` is one. */
export interface CredentialSource {
  readonly clock: Clock;
  findCredentials(accessKeyId: string): IssuedCredentials | undefined;
}

/** For which service and in which Region a request has to be signed. */
export interface SigningScope {
  readonly service: string;
  readonly region: string;
}

const MAX_SKEW_MS = 15 * 60_000;

/** What `x-amz-content-sha256` can be for S3 besides a hash of the body. */
const UNSIGNED_BODIES = ['UNSIGNED-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'];

/**
 * Verifies a signature (SigV4) by computing it again with the secret key that was issued for the key id. Gives the credentials that the
 * request was signed with, or throws a `SignatureRefusal`.
 */
export async function verifySignature(
  request: ReceivedRequest,
  source: CredentialSource,
  scope: SigningScope,
): Promise<IssuedCredentials> {
  const claimed = readSignature(request);
  const credentials = source.findCredentials(claimed.accessKeyId);
  if (credentials === undefined) throw new SignatureRefusal('InvalidAccessKeyId');
  if (claimed.sessionToken !== credentials.sessionToken) throw new SignatureRefusal('InvalidToken');
  checkTime(claimed, credentials, source.clock.now());
  checkScope(claimed, scope);
  checkSignedHeaders(request, claimed);
  checkBody(request, claimed);
  const expected = await recomputeSignature(request, claimed, credentials.secretAccessKey);
  if (claimed.signature !== expected) throw new SignatureRefusal('SignatureDoesNotMatch');
  return credentials;
}

function checkTime(
  { signedAt, expiresInSeconds }: ClaimedSignature,
  credentials: IssuedCredentials,
  now: number,
): void {
  if (now >= credentials.expiresAt) throw new SignatureRefusal('ExpiredToken');
  if (expiresInSeconds !== null && now >= signedAt + expiresInSeconds * 1000)
    throw new SignatureRefusal('RequestExpired');
  const isTooOld = expiresInSeconds === null && now - signedAt > MAX_SKEW_MS;
  if (isTooOld || signedAt - now > MAX_SKEW_MS) throw new SignatureRefusal('RequestTimeTooSkewed');
}

function checkScope({ service, region }: ClaimedSignature, scope: SigningScope): void {
  if (service !== scope.service)
    throw new SignatureRefusal(
      'SignatureDoesNotMatch',
      `Credential should be scoped to correct service: '${scope.service}'.`,
    );
  if (region !== scope.region)
    throw new SignatureRefusal(
      'SignatureDoesNotMatch',
      `Credential should be scoped to a valid region, not '${region}'.`,
    );
}

/** The host and every `x-amz-` header have to be signed, and every header that is said to be signed has to be there. */
function checkSignedHeaders({ headers }: ReceivedRequest, { signedHeaders }: ClaimedSignature): void {
  const needed = Object.keys(headers).filter((name) => name === 'host' || name.startsWith('x-amz-'));
  if (needed.some((name) => !signedHeaders.has(name))) throw new SignatureRefusal('HeadersNotSigned');
  if ([...signedHeaders].some((name) => headers[name] === undefined))
    throw new SignatureRefusal('SignatureDoesNotMatch');
}

/** The signature covers the hash that the header names: whether the body fits it has to be looked at separately. */
function checkBody(request: ReceivedRequest, { service }: ClaimedSignature): void {
  const named = namedPayloadHash(request);
  if (named === undefined) return;
  if (service === 's3' && UNSIGNED_BODIES.includes(named)) return;
  if (named !== createHash('sha256').update(request.body).digest('hex'))
    throw new SignatureRefusal('XAmzContentSHA256Mismatch');
}
