import { authorizeAccessToken } from './authorize-access-token';
import { requiredString } from './call-input';
import type { Operation } from './operation';

const SOFTWARE_TOKEN = 'SOFTWARE_TOKEN_MFA';

/** `GetUser`. Unlike an offline check it sees revocation. */
export const getUser: Operation = (world, input) => {
  const { user } = authorizeAccessToken(world, requiredString(input, 'AccessToken'));
  const attributes = Object.entries({ ...user.attributes, sub: user.sub });
  return {
    Username: user.username,
    UserAttributes: attributes.map(([Name, Value]) => ({ Name, Value })),
    ...(user.softwareToken?.isEnabled === true ? { UserMFASettingList: [SOFTWARE_TOKEN] } : {}),
    ...(user.softwareToken?.isPreferred === true ? { PreferredMfaSetting: SOFTWARE_TOKEN } : {}),
  };
};
