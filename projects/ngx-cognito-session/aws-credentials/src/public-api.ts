export { provideAwsCredentials } from './lib/provide-aws-credentials';
export { awsCredentialsProvider } from './lib/aws-credentials-provider';
export { AwsCredentialsService } from './lib/aws-credentials-service';
export type { AwsCredentialsConfig, LoginToken } from './lib/aws-credentials-config';
export type {
  AwsCredentialIdentity,
  AwsCredentialIdentityProvider,
  AwsCredentials,
} from './lib/aws-credentials';
export type { AwsSession } from './lib/aws-session';
export { AwsCredentialsError, type AwsCredentialsErrorCode } from './lib/aws-credentials-error';

// For `ngx-cognito-session/testing`. Apps must not use them.
export {
  CALL_IDENTITY_POOL as ɵCALL_IDENTITY_POOL,
  type CallIdentityPool as ɵCallIdentityPool,
  type PoolOperation as ɵPoolOperation,
} from './lib/call-identity-pool';
export { IDENTITY_STORAGE as ɵIDENTITY_STORAGE } from './lib/identity-ids';
