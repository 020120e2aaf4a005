import { ɵverificationFeature, type SessionFeature } from 'ngx-cognito-session';
import { CognitoTokenVerifier } from './cognito-token-verifier';
import type { TokenVerificationOptions } from './token-verification-options';
import type { Verify } from './verify';

/**
 * Verifies tokens with `aws-jwt-verify`, which is loaded lazily, before they are adopted, restored or taken over from another
 * tab: the signature, the issuer in both of its forms, the app client and the use. Without this feature tokens are unverified.
 * The configuration needs `userPoolId`; without it the state is `signedOut: configurationFailed`.
 *
 * Until the tokens of a stored session are verified the state is `restoring`. If the keys of the user pool cannot be fetched
 * while the restore lasts, the state is `stale`, no token is handed out, and the session recovers without the app's help. A
 * forged session leads to `signedOut` with the reason `storageUnreadable`, and `setTokens` errors with `invalidToken`. On a
 * server the session in the cookies of a request counts if its tokens are genuine.
 *
 * ```ts
 * provideSession(
 *   { region: 'eu-west-1', userPoolId: 'eu-west-1_AbCdEf123', clientId: 'abc123' },
 *   withLocalStorage(),
 *   withTokenVerification(),
 * );
 * ```
 */
export function withTokenVerification(options: TokenVerificationOptions = {}): SessionFeature {
  // All requests that a server renders share them: the keys are public.
  const verifiers = new Map<string, Verify>();
  return ɵverificationFeature(() => new CognitoTokenVerifier(options, verifiers));
}
