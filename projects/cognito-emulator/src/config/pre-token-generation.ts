/** What the pre-token-generation trigger sees. */
export interface PreTokenEvent {
  readonly triggerSource:
    'TokenGeneration_Authentication' | 'TokenGeneration_RefreshTokens' | 'TokenGeneration_HostedAuth';
  readonly userPoolId: string;
  readonly clientId: string;
  readonly userName: string;
  readonly userAttributes: Readonly<Record<string, string>>;
  readonly groups: readonly string[];
  /** Of GetTokensFromRefreshToken; InitiateAuth does not hand its own on to this trigger. */
  readonly clientMetadata: Readonly<Record<string, string>>;
}

/** What it may change. */
export interface PreTokenResponse {
  readonly idTokenClaims?: Readonly<Record<string, unknown>>;
  readonly accessTokenClaims?: Readonly<Record<string, unknown>>;
  readonly scopesToAdd?: readonly string[];
  readonly groups?: readonly string[];
}

/** Stands for the Lambda function. Throwing refuses the tokens with UserLambdaValidationException. */
export type PreTokenGeneration = (
  event: PreTokenEvent,
) => PreTokenResponse | undefined | Promise<PreTokenResponse | undefined>;
