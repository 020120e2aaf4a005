import type { AuthTokens, SessionError } from 'ngx-cognito-session';
import type { AwsCredentials } from './aws-credentials';
import type { AwsCredentialsError } from './aws-credentials-error';

/** Tokens and credentials of one user at one moment. Each part is `null` where its error says why. */
export interface AwsSession {
  /** The tokens, refreshed if that was due; `null` if the user is not signed in. */
  readonly tokens: AuthTokens | null;
  /** The credentials of the user, or of a guest. */
  readonly credentials: AwsCredentials | null;
  /** The identity in the identity pool. */
  readonly identityId: string | null;
  /** The user's id in the user pool. */
  readonly userSub: string | null;
  /** Why there are no tokens: the error of `getAccessToken`, or of `forceRefresh`. */
  readonly tokensError: SessionError | null;
  /** Why there are no credentials: the error of `getCredentials`. */
  readonly credentialsError: AwsCredentialsError | SessionError | null;
}
