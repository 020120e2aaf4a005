/** Why a signed request is refused, by the names that Amazon S3 has for it. */
export type SignatureRefusalCode =
  | 'MissingAuthenticationToken'
  | 'AuthorizationHeaderMalformed'
  | 'InvalidAccessKeyId'
  | 'InvalidToken'
  | 'ExpiredToken'
  | 'RequestTimeTooSkewed'
  | 'RequestExpired'
  | 'HeadersNotSigned'
  | 'XAmzContentSHA256Mismatch'
  | 'SignatureDoesNotMatch';

/** Names the reason, and never holds a key, a token or a signature. */
export class SignatureRefusal extends Error {
  override readonly name = 'SignatureRefusal';

  constructor(
    readonly code: SignatureRefusalCode,
    message = MESSAGES[code],
  ) {
    super(message);
  }
}

const MESSAGES: Readonly<Record<SignatureRefusalCode, string>> = {
  MissingAuthenticationToken: 'Request is missing Authentication Token',
  AuthorizationHeaderMalformed: 'The authorization header that you provided is not valid.',
  InvalidAccessKeyId: 'The AWS Access Key Id you provided does not exist in our records.',
  InvalidToken: 'The provided token is malformed or otherwise invalid.',
  ExpiredToken: 'The provided token has expired.',
  RequestTimeTooSkewed: 'The difference between the request time and the current time is too large.',
  RequestExpired: 'Request has expired',
  HeadersNotSigned: 'There were headers present in the request which were not signed',
  XAmzContentSHA256Mismatch: "The provided 'x-amz-content-sha256' header does not match what was computed.",
  SignatureDoesNotMatch:
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
};
