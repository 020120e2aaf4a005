/** What Cognito answers if a spent refresh token is sent again within the grace. AWS does not document it. */
export type InGraceAnswer = 'sameSuccessor' | 'bothValid' | 'onlyFirstValid' | 'onlyLastValid';

/** How the pool and its app client are set up. */
export interface CognitoSettings {
  readonly rotation: boolean;
  readonly graceSeconds: number;
  readonly inGrace: InGraceAnswer;
  /** Token revocation: without it tokens carry no `origin_jti` and nothing can be revoked. */
  readonly hasRevocation: boolean;
  readonly accessLifetimeSeconds: number;
  readonly idLifetimeSeconds: number;
  readonly refreshLifetimeSeconds: number;
}
