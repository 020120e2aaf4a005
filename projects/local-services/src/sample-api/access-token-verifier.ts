import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { JwtParseError } from 'aws-jwt-verify/error';
import type { Jwks } from 'aws-jwt-verify/jwk';
import type { Clock } from 'cognito-emulator';
import type { VerificationVerdict } from './sample-api';

export interface VerifierConfig {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly jwksUrl: string | null;
  readonly clock: Clock;
}

export interface Verification {
  readonly verdict: VerificationVerdict;
  readonly claims: Readonly<Record<string, unknown>> | null;
}

/**
 * The official verifier checks signature, issuer, client and use; expiry it can only compare with the real time, so its own check
 * is opened wide and `exp` and `iat` are compared with the injected clock here.
 */
export function createAccessTokenVerifier({ userPoolId, clientId, jwksUrl, clock }: VerifierConfig) {
  const verifier = CognitoJwtVerifier.create({
    userPoolId,
    clientId,
    tokenUse: 'access',
    graceSeconds: Number.MAX_SAFE_INTEGER,
  });
  /** Plain http is refused by the verifier, so the keys of an emulator are fetched here; again when a key is unknown. */
  const loadKeys = async (): Promise<void> => {
    if (jwksUrl === null) return;
    const response = await fetch(jwksUrl);
    verifier.cacheJwks((await response.json()) as Jwks);
  };
  let loaded: Promise<void> | undefined;

  return async (token: string): Promise<Verification> => {
    await (loaded ??= loadKeys());
    try {
      return judge(await verifyOnce(token), clock.now() / 1000);
    } catch (error) {
      return { verdict: error instanceof JwtParseError ? 'malformed' : 'invalid', claims: null };
    }
  };

  async function verifyOnce(token: string): Promise<Readonly<Record<string, unknown>>> {
    try {
      return await verifier.verify(token);
    } catch (error) {
      if (jwksUrl === null || error instanceof JwtParseError) throw error;
      await (loaded = loadKeys());
      return verifier.verifySync(token);
    }
  }
}

function judge(claims: Readonly<Record<string, unknown>>, nowSeconds: number): Verification {
  if (Number(claims['exp']) <= nowSeconds) return { verdict: 'expired', claims };
  if (Number(claims['iat']) > nowSeconds) return { verdict: 'notYetValid', claims };
  return { verdict: 'valid', claims };
}
