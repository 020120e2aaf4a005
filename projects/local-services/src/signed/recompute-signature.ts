import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { namedPayloadHash, type ReceivedRequest } from './received-request';
import { SIGNATURE_QUERY, type ClaimedSignature } from './read-signature';

const CONTENT_SHA256 = 'x-amz-content-sha256';
const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

type RequestToSign = Parameters<SignatureV4['presign']>[0];

/**
 * Signs the received request anew with a secret key and gives the signature. Signed are the headers that the caller says it has signed, with
 * the values that arrived.
 */
export async function recomputeSignature(
  request: ReceivedRequest,
  claimed: ClaimedSignature,
  secretAccessKey: string,
): Promise<string> {
  const { accessKeyId, region, service, signedHeaders, sessionToken } = claimed;
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    region,
    service,
    sha256: Sha256,
    applyChecksum: false,
    // All services but S3 sign the path encoded twice.
    uriEscapePath: service !== 's3',
  });
  const signingDate = new Date(claimed.signedAt);
  if (claimed.place === 'header') {
    const signed = await signer.sign(toSign(request, claimed), {
      signingDate,
      signableHeaders: new Set(signedHeaders),
    });
    return /Signature=([0-9a-f]+)$/.exec(signed.headers['authorization'] ?? '')?.[1] ?? '';
  }
  const signed = await signer.presign(presignable(request, claimed), {
    signingDate,
    expiresIn: claimed.expiresInSeconds ?? 0,
    signableHeaders: new Set(signedHeaders),
    unhoistableHeaders: new Set([...signedHeaders, CONTENT_SHA256]),
    ...(signedHeaders.has(CONTENT_SHA256) ? {} : { unsignableHeaders: new Set([CONTENT_SHA256]) }),
  });
  return String(signed.query?.[SIGNATURE_QUERY.signature] ?? '');
}

function toSign(
  { method, path, query, headers, body }: ReceivedRequest,
  claimed: ClaimedSignature,
): RequestToSign {
  return {
    method,
    protocol: 'http:',
    hostname: headers['host'] ?? '',
    path,
    query: { ...query },
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => claimed.signedHeaders.has(name))),
    body,
  };
}

/** The request before it was presigned: without what the signature has added to the query, and with the hash of its body where the signer looks for it. */
function presignable(request: ReceivedRequest, claimed: ClaimedSignature): RequestToSign {
  const added = new Set<string>(Object.values(SIGNATURE_QUERY));
  const query = Object.fromEntries(Object.entries(request.query).filter(([name]) => !added.has(name)));
  const plain = toSign({ ...request, query }, claimed);
  const payloadHash = namedPayloadHash(request) ?? (claimed.service === 's3' ? UNSIGNED_PAYLOAD : undefined);
  return payloadHash === undefined
    ? plain
    : { ...plain, headers: { ...plain.headers, [CONTENT_SHA256]: payloadHash } };
}
