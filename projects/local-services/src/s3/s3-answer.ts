import { randomUUID } from 'node:crypto';
import type { WireAnswer } from '../../../cognito-emulator/src/http/answer';
import type { SignatureRefusalCode } from '../signed/signature-refusal';
import type { S3Error } from './s3-error';
import { element } from './xml';

/** What a bucket's CORS rule has to expose for the SDK in a browser. */
const CORS = { 'Access-Control-Expose-Headers': '*' };

/** An answer of S3, with its request id. */
export function s3Answer(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: string | Uint8Array = '',
): WireAnswer {
  return { status, headers: { ...CORS, 'x-amz-request-id': randomUUID(), ...headers }, body };
}

export function xmlAnswer(body: string): WireAnswer {
  return s3Answer(200, { 'Content-Type': 'application/xml' }, body);
}

export function s3ErrorAnswer({
  code,
  message,
  status,
}: Pick<S3Error, 'code' | 'message' | 'status'>): WireAnswer {
  const inner = [element('Code', code), element('Message', message), element('RequestId', randomUUID())].join(
    '',
  );
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inner}</Error>`;
  return s3Answer(status, { 'Content-Type': 'application/xml' }, body);
}

interface Refusal {
  readonly code: string;
  readonly status: number;
}

/** How S3 refuses a signature. */
export const S3_REFUSALS: Readonly<Record<SignatureRefusalCode, Refusal>> = {
  MissingAuthenticationToken: { code: 'AccessDenied', status: 403 },
  AuthorizationHeaderMalformed: { code: 'AuthorizationHeaderMalformed', status: 400 },
  InvalidAccessKeyId: { code: 'InvalidAccessKeyId', status: 403 },
  InvalidToken: { code: 'InvalidToken', status: 400 },
  ExpiredToken: { code: 'ExpiredToken', status: 400 },
  RequestTimeTooSkewed: { code: 'RequestTimeTooSkewed', status: 403 },
  RequestExpired: { code: 'AccessDenied', status: 403 },
  HeadersNotSigned: { code: 'AccessDenied', status: 403 },
  XAmzContentSHA256Mismatch: { code: 'XAmzContentSHA256Mismatch', status: 400 },
  SignatureDoesNotMatch: { code: 'SignatureDoesNotMatch', status: 403 },
};
