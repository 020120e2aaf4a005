/** What the pre-token-generation trigger sees. */
export interface PreTokenEvent {
  /** What the tokens are for. */
  readonly triggerSource:
    'TokenGeneration_Authentication' | 'TokenGeneration_RefreshTokens' | 'TokenGeneration_HostedAuth';
  /** The pool of the user. */
  readonly userPoolId: string;
  /** The app client. */
  readonly clientId: string;
  /** The username. */
  readonly userName: string;
  /** With `sub`. */
  readonly userAttributes: Readonly<Record<string, string>>;
  /** Those of the user. */
  readonly groups: readonly string[];
  /** Of GetTokensFromRefreshToken; InitiateAuth does not hand its own on to this trigger. */
  readonly clientMetadata: Readonly<Record<string, string>>;
}

/** What it may change. */
export interface PreTokenResponse {
  /** Added to the ID token. */
  readonly idTokenClaims?: Readonly<Record<string, unknown>>;
  /** Added to the access token. */
  readonly accessTokenClaims?: Readonly<Record<string, unknown>>;
  /** Added to the scope of the access token. */
  readonly scopesToAdd?: readonly string[];
  /** Instead of those of the user. */
  readonly groups?: readonly string[];
}

/** Stands for the Lambda function. Throwing refuses the tokens with UserLambdaValidationException. */
export type PreTokenGeneration = (
  event: PreTokenEvent,
) => PreTokenResponse | undefined | Promise<PreTokenResponse | undefined>;
