import type { SignatureRefusalCode } from './signature-refusal';

/** The exceptions by which API Gateway, DynamoDB and the other JSON services refuse a signature. */
export const JSON_EXCEPTIONS: Readonly<Record<SignatureRefusalCode, string>> = {
  MissingAuthenticationToken: 'MissingAuthenticationTokenException',
  AuthorizationHeaderMalformed: 'IncompleteSignatureException',
  InvalidAccessKeyId: 'UnrecognizedClientException',
  InvalidToken: 'UnrecognizedClientException',
  ExpiredToken: 'ExpiredTokenException',
  RequestTimeTooSkewed: 'InvalidSignatureException',
  RequestExpired: 'InvalidSignatureException',
  HeadersNotSigned: 'InvalidSignatureException',
  XAmzContentSHA256Mismatch: 'InvalidSignatureException',
  SignatureDoesNotMatch: 'InvalidSignatureException',
};
