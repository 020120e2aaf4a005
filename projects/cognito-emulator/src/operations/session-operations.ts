import { ServiceError, invalidParameter } from '../http/service-error';
import type { TokenFamily } from '../pool/token-records';
import type { World } from '../pool/world';
import { authorizeAccessToken, type AuthorizedUser } from './authorize-access-token';
import { requiredString, type CallInput } from './call-input';
import type { Operation } from './operation';

/** `ListUserSessions`: the sign-ins of a user that still go on. */
export const listUserSessions: Operation = (world, input) => {
  const { pool, user, family: own } = authorize(world, input);
  const families = pool.tokens.activeFamilies(user.username, world.clock.now());
  return { Sessions: families.map((family) => describe(family, family === own)) };
};

/** `RevokeUserSession`: ends another one. */
export const revokeUserSession: Operation = (world, input) => {
  const { pool, user, family: own } = authorize(world, input);
  const id = requiredString(input, 'SessionId');
  if (id === own.sessionId) throw invalidParameter('The current session cannot be revoked.');
  const families = pool.tokens.activeFamilies(user.username, world.clock.now());
  const family = families.find(({ sessionId }) => sessionId === id);
  if (family === undefined) throw new ServiceError('ResourceNotFoundException', 'Session does not exist.');
  family.revoked = true;
  return {};
};

function authorize(world: World, input: CallInput): AuthorizedUser {
  const authorized = authorizeAccessToken(world, requiredString(input, 'AccessToken'));
  if (!authorized.pool.settings.sessionTracking)
    throw new ServiceError('OperationNotEnabledException', 'User session tracking is not enabled.');
  return authorized;
}

/** Times are seconds on the wire. */
function describe(family: TokenFamily, isCurrent: boolean): object {
  return {
    SessionId: family.sessionId,
    SessionType: 'TOKEN',
    ClientId: family.clientId,
    CreateDate: family.authTime,
    LastActiveDate: Math.floor(family.lastActiveAt / 1000),
    IsCurrentSession: isCurrent,
  };
}
