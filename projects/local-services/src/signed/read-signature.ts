import { queryValue, type ReceivedRequest } from './received-request';
import { SignatureRefusal } from './signature-refusal';

/** What a request claims about its signature. Nothing here is verified. */
export interface ClaimedSignature {
  /** `header`: the `Authorization` header; `query`: a presigned URL. */
  readonly place: 'header' | 'query';
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
  /** Epoch milliseconds, in whole seconds. */
  readonly signedAt: number;
  /** Lower-case names. */
  readonly signedHeaders: ReadonlySet<string>;
  readonly sessionToken: string | undefined;
  /** Only of a presigned URL: how long it may be used. */
  readonly expiresInSeconds: number | null;
  readonly signature: string;
}

export const ALGORITHM = 'AWS4-HMAC-SHA256';

/** The members of the query that a signature in the query adds. */
export const SIGNATURE_QUERY = {
  algorithm: 'X-Amz-Algorithm',
  credential: 'X-Amz-Credential',
  date: 'X-Amz-Date',
  expires: 'X-Amz-Expires',
  signedHeaders: 'X-Amz-SignedHeaders',
  sessionToken: 'X-Amz-Security-Token',
  signature: 'X-Amz-Signature',
} as const;

const HEADER = /^AWS4-HMAC-SHA256 +Credential=([^ ,]+), *SignedHeaders=([^ ,]+), *Signature=([0-9a-f]{64})$/;
const CREDENTIAL = /^([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request$/;
const DATE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** Reads the signature of a request from its header or its query. Throws a `SignatureRefusal`. */
export function readSignature(request: ReceivedRequest): ClaimedSignature {
  const { authorization } = request.headers;
  if (authorization !== undefined) return readHeader(request, authorization);
  if (queryValue(request, SIGNATURE_QUERY.algorithm) !== undefined) return readQuery(request);
  throw new SignatureRefusal('MissingAuthenticationToken');
}

function readHeader({ headers }: ReceivedRequest, authorization: string): ClaimedSignature {
  const [, credential = '', signedHeaders = '', signature = ''] = HEADER.exec(authorization) ?? [];
  return {
    place: 'header',
    ...readCredential(credential, headers['x-amz-date'] ?? ''),
    signedHeaders: new Set(signedHeaders.split(';')),
    sessionToken: headers['x-amz-security-token'],
    expiresInSeconds: null,
    signature,
  };
}

function readQuery(request: ReceivedRequest): ClaimedSignature {
  const value = (name: keyof typeof SIGNATURE_QUERY) => queryValue(request, SIGNATURE_QUERY[name]) ?? '';
  const expiresInSeconds = Number(value('expires'));
  if (value('algorithm') !== ALGORITHM || !Number.isInteger(expiresInSeconds) || expiresInSeconds < 1)
    throw new SignatureRefusal('AuthorizationHeaderMalformed');
  return {
    place: 'query',
    ...readCredential(value('credential'), value('date')),
    signedHeaders: new Set(value('signedHeaders').split(';')),
    sessionToken: queryValue(request, SIGNATURE_QUERY.sessionToken),
    expiresInSeconds,
    signature: value('signature'),
  };
}

function readCredential(credential: string, date: string) {
  const [, accessKeyId, day, region, service] = CREDENTIAL.exec(credential) ?? [];
  const [, ...parts] = DATE.exec(date) ?? [];
  if (accessKeyId === undefined || region === undefined || service === undefined || day === undefined)
    throw new SignatureRefusal('AuthorizationHeaderMalformed');
  if (parts.length === 0 || day !== date.slice(0, 8))
    throw new SignatureRefusal('AuthorizationHeaderMalformed', 'The date of the signature is not valid.');
  const [year = 0, month = 0, ...rest] = parts.map(Number);
  return { accessKeyId, region, service, signedAt: Date.UTC(year, month - 1, ...rest) };
}
