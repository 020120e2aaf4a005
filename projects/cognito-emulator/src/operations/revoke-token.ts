import { ServiceError } from '../http/service-error';
import type { Client } from '../pool/client';
import { requireClientSecret } from '../pool/client-secret';
import type { Pool } from '../pool/pool';
import { requireClient } from '../pool/world';
import { looksLikeRefreshToken } from '../tokens/refresh-token-value';
import { optionalString, requiredString } from './call-input';
import type { Operation } from './operation';

/** `RevokeToken`: ends one refresh token and every access token it produced. */
export const revokeToken: Operation = (world, input) => {
  const value = requiredString(input, 'Token');
  const { pool, client } = requireClient(world, requiredString(input, 'ClientId'));
  requireClientSecret(client, optionalString(input, 'ClientSecret'));
  revokeRefreshToken(pool, client, value);
  return {};
};

export function revokeRefreshToken(pool: Pool, client: Client, value: string): void {
  if (!client.settings.tokenRevocation)
    throw new ServiceError(
      'UnsupportedOperationException',
      'Token revocation is not enabled for this client.',
    );
  if (!looksLikeRefreshToken(value))
    throw new ServiceError('UnsupportedTokenTypeException', 'Only refresh tokens can be revoked.');
  const record = pool.tokens.findRefreshToken(value);
  // A token that was never issued, or that is revoked already, is as invalid as the caller wants it.
  if (record === undefined) return;
  if (record.family.clientId !== client.clientId)
    throw new ServiceError('UnauthorizedException', 'The token was not issued to this client.');
  pool.tokens.revoke(record);
}
