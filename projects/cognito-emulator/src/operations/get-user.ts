import { authorizeAccessToken } from './authorize-access-token';
import { requiredString } from './call-input';
import type { Operation } from './operation';

/** `GetUser`. Unlike an offline check it sees revocation. */
export const getUser: Operation = (world, input) => {
  const { user } = authorizeAccessToken(world, requiredString(input, 'AccessToken'));
  const attributes = Object.entries({ ...user.attributes, sub: user.sub });
  return {
    Username: user.username,
    UserAttributes: attributes.map(([Name, Value]) => ({ Name, Value })),
  };
};
