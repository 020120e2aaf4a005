import { confirmDevice } from './confirm-device';
import { getTokensFromRefreshToken } from './get-tokens-from-refresh-token';
import { getUser } from './get-user';
import { globalSignOut } from './global-sign-out';
import { initiateAuth } from './initiate-auth';
import type { Operation } from './operation';
import { revokeToken } from './revoke-token';

/** What `AWSCognitoIdentityProviderService.<name>` can be. */
export const USER_POOL_OPERATIONS: Readonly<Record<string, Operation>> = {
  ConfirmDevice: confirmDevice,
  GetTokensFromRefreshToken: getTokensFromRefreshToken,
  GetUser: getUser,
  GlobalSignOut: globalSignOut,
  InitiateAuth: initiateAuth,
  RevokeToken: revokeToken,
};
