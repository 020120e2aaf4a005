import type { SessionConfig } from 'ngx-cognito-session';
import type { AwsCredentialsConfig } from 'ngx-cognito-session/aws-credentials';

/** The app of a page, as a test describes it. */
export interface AwsSetup {
  readonly session: SessionConfig;
  readonly credentials: Pick<AwsCredentialsConfig, 'identityPoolId' | 'endpoint' | 'guests'>;
  readonly s3: { readonly endpoint: string; readonly region: string; readonly bucket: string };
}
