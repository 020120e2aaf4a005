import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { FetchError } from 'aws-jwt-verify/error';
import type { Jwks } from 'aws-jwt-verify/jwk';
import { SessionError, type ɵTokenVerifier } from 'ngx-cognito-session';
import { defer, type Observable } from 'rxjs';
import type { FixtureSettings } from './fixture-settings';

/** The keys of a pool are public: all requests may share them. */
const keys = new Map<string, Promise<Jwks>>();

/** AWS's own verifier, with the keys of the pool that the settings name. */
export function createVerifier(settings: FixtureSettings): ɵTokenVerifier {
  return { verify: ({ accessToken }): Observable<void> => defer(() => verify(settings, accessToken)) };
}

async function verify({ userPoolId, clientId, endpoint }: FixtureSettings, token: string): Promise<void> {
  const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: 'access' });
  verifier.cacheJwks(await loadKeys(`${endpoint.replace(/\/$/, '')}/${userPoolId}/.well-known/jwks.json`));
  try {
    verifier.verifySync(token);
  } catch (error) {
    if (error instanceof FetchError) throw error;
    throw new SessionError('invalidToken', 'The signature is not right.', { cause: error });
  }
}

async function loadKeys(url: string): Promise<Jwks> {
  const loading = keys.get(url) ?? fetch(url).then(async (response) => (await response.json()) as Jwks);
  keys.set(url, loading);
  return loading;
}
