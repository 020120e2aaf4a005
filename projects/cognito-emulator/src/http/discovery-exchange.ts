import type { Pool } from '../pool/pool';
import type { World } from '../pool/world';
import { jsonAnswer, type Answer } from './answer';
import type { Exchange } from './exchange';
import { newCall } from './json-exchange';
import type { ReceivedCall } from './received-call';

/** `/<poolId>/.well-known/jwks.json` and `/<poolId>/.well-known/openid-configuration`; null for any other path. */
export function discoveryExchange(request: ReceivedCall, world: World): Exchange | null {
  const { url } = request;
  const [, poolId, wellKnown, document, ...rest] = url.pathname.split('/');
  const pool = world.pools.find((each) => each.id === poolId);
  if (request.method !== 'GET') return null;
  if (pool === undefined || wellKnown !== '.well-known' || rest.length > 0) return null;
  if (document === 'jwks.json') return exchange('jwks', async () => jsonAnswer(await pool.keys.jwks()));
  if (document === 'openid-configuration')
    return exchange(document, () => Promise.resolve(jsonAnswer(openidConfiguration(pool, url.origin))));
  return null;

  function exchange(operation: string, process: () => Promise<Answer>): Exchange {
    return {
      call: newCall(request, world, { operation, target: null, input: {} }),
      process,
      renderError: ({ type, message, status }) => jsonAnswer({ error: type, message }, status),
    };
  }
}

/** The issuer in its real form, every address on the emulator. */
function openidConfiguration(pool: Pool, origin: string): object {
  return {
    authorization_endpoint: `${origin}/oauth2/authorize`,
    end_session_endpoint: `${origin}/logout`,
    id_token_signing_alg_values_supported: ['RS256'],
    issuer: pool.issuer(),
    jwks_uri: `${origin}/${pool.id}/.well-known/jwks.json`,
    response_types_supported: ['code'],
    revocation_endpoint: `${origin}/oauth2/revoke`,
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint: `${origin}/oauth2/token`,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  };
}
