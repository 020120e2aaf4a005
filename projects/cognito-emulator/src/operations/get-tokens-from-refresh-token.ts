import { requireClientSecret } from '../pool/client-secret';
import { requireClient } from '../pool/world';
import { optionalString, requiredString, stringMap } from './call-input';
import type { Operation } from './operation';
import { redeemRefreshToken } from './redeem-refresh-token';

/** `GetTokensFromRefreshToken`: the refresh that works with rotation on and off. */
export const getTokensFromRefreshToken: Operation = async (world, input) => {
  const refreshToken = requiredString(input, 'RefreshToken');
  const { pool, client } = requireClient(world, requiredString(input, 'ClientId'));
  requireClientSecret(client, optionalString(input, 'ClientSecret'));
  const result = await redeemRefreshToken(world, {
    pool,
    client,
    refreshToken,
    deviceKey: optionalString(input, 'DeviceKey'),
    clientMetadata: stringMap(input, 'ClientMetadata'),
  });
  return { AuthenticationResult: result };
};
