export type { SignatureVerdict } from './signed/judge-request';
export type { SignatureRefusalCode } from './signed/signature-refusal';
export type { SignedRequestRecord } from './signed/signed-requests';
export type { CredentialSource } from './signed/verify-signature';
export { startSignedProxy } from './signed/start-signed-proxy';
export type { SignedProxy, SignedProxyConfig } from './signed/start-signed-proxy';
export { DEFAULT_BUCKET, startLocalS3 } from './s3/start-local-s3';
export type { LocalS3, LocalS3Config } from './s3/local-s3';
export type { StoredObject } from './s3/stored-object';
export { startSampleApi } from './sample-api/start-sample-api';
export type {
  ApiRequestRecord,
  SampleApi,
  SampleApiConfig,
  VerificationVerdict,
} from './sample-api/sample-api';
