import { inject } from '@angular/core';
import type { AwsCredentialIdentityProvider } from './aws-credentials';
import { AwsCredentialsService } from './aws-credentials-service';

/**
 * The provider of `AwsCredentialsService` for the option `credentials` of AWS SDK clients. Injection context.
 *
 * ```ts
 * const s3 = new S3Client({ region: 'eu-west-1', credentials: awsCredentialsProvider() });
 * ```
 */
export function awsCredentialsProvider(): AwsCredentialIdentityProvider {
  return inject(AwsCredentialsService).provider;
}
