import { authorizeAccessToken } from './authorize-access-token';
import { requiredString } from './call-input';
import type { Operation } from './operation';

/** `GlobalSignOut`: ends all tokens of the user, of every client and device. */
export const globalSignOut: Operation = (world, input) => {
  const { pool, user } = authorizeAccessToken(world, requiredString(input, 'AccessToken'));
  pool.tokens.revokeAllOf(user.username);
  return {};
};
