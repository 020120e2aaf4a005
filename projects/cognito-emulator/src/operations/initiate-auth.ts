import type { UnprovedAttempt } from '../challenges/open-challenges';
import type { AuthFlow } from '../config/client-settings';
import { invalidParameter, notImplemented } from '../http/service-error';
import type { Client } from '../pool/client';
import { requireSecretHash } from '../pool/client-secret';
import { requireClient, type ClientInPool, type World } from '../pool/world';
import { optionalString, requiredParameter, requiredString, stringMap, type CallInput } from './call-input';
import type { Operation } from './operation';
import { askFor, firstFactorsOf, offerFactors } from './first-factor';
import { checkPassword, requireKnown } from './password-sign-in';
import { proceed } from './proceed';
import { redeemRefreshToken } from './redeem-refresh-token';
import { srpSignIn } from './srp-sign-in';

/** `InitiateAuth` with a password, a proof of it, what the user chooses, or a refresh token. */
export const initiateAuth: Operation = (world, input) => {
  const flow = requiredString(input, 'AuthFlow');
  const found = requireClient(world, requiredString(input, 'ClientId'));
  const parameters = stringMap(input, 'AuthParameters');
  return runFlow(flow, world, found, parameters);
};

function runFlow(flow: string, world: World, found: ClientInPool, parameters: CallInput): Promise<object> {
  switch (flow) {
    case 'USER_PASSWORD_AUTH':
      requireFlow(found.client, flow);
      return withPassword(world, found, parameters);
    case 'USER_SRP_AUTH':
      requireFlow(found.client, flow);
      return withProof(world, found, parameters);
    case 'REFRESH_TOKEN_AUTH':
    case 'REFRESH_TOKEN':
      requireFlow(found.client, 'REFRESH_TOKEN_AUTH');
      return withRefreshToken(world, found, parameters);
    case 'USER_AUTH':
      requireFlow(found.client, flow);
      return byChoice(world, found, parameters);
    case 'CUSTOM_AUTH':
      throw notImplemented(`InitiateAuth with ${flow}`);
    default:
      throw invalidParameter(`${flow} is no flow of InitiateAuth`);
  }
}

async function withPassword(world: World, { pool, client }: ClientInPool, parameters: CallInput) {
  const username = requiredParameter(parameters, 'USERNAME');
  const password = requiredParameter(parameters, 'PASSWORD');
  await requireSecretHash(client, [username], optionalString(parameters, 'SECRET_HASH'));
  const user = checkPassword(pool, client, { username, password });
  return proceed(world, { pool, client, user, deviceKey: optionalString(parameters, 'DEVICE_KEY') });
}

async function withProof(world: World, found: ClientInPool, parameters: CallInput) {
  const username = requiredParameter(parameters, 'USERNAME');
  await requireSecretHash(found.client, [username], optionalString(parameters, 'SECRET_HASH'));
  return srpSignIn(world, attemptOf(found, username, parameters), parameters);
}

/** The user has said what to prove first, or is asked. */
async function byChoice(world: World, found: ClientInPool, parameters: CallInput) {
  const username = requiredParameter(parameters, 'USERNAME');
  await requireSecretHash(found.client, [username], optionalString(parameters, 'SECRET_HASH'));
  const attempt = attemptOf(found, username, parameters);
  requireKnown(attempt);
  const preferred = optionalString(parameters, 'PREFERRED_CHALLENGE');
  const factor = firstFactorsOf(attempt).find((each) => each === preferred);
  return factor === undefined ? offerFactors(world, attempt) : askFor(world, factor, attempt, parameters);
}

function attemptOf(found: ClientInPool, username: string, parameters: CallInput): UnprovedAttempt {
  const deviceKey = optionalString(parameters, 'DEVICE_KEY');
  return { ...found, username, user: found.pool.findUser(username), deviceKey };
}

async function withRefreshToken(world: World, { pool, client }: ClientInPool, parameters: CallInput) {
  const hash = optionalString(parameters, 'SECRET_HASH');
  const result = await redeemRefreshToken(world, {
    pool,
    client,
    refreshToken: requiredParameter(parameters, 'REFRESH_TOKEN'),
    deviceKey: optionalString(parameters, 'DEVICE_KEY'),
    authenticateClient: (user) => requireSecretHash(client, [user.username, user.sub], hash),
  });
  return { AuthenticationResult: result, ChallengeParameters: {} };
}

/** With rotation on, the old refresh flow must be off: AWS does not accept such a client otherwise. */
function requireFlow({ settings }: Client, flow: AuthFlow): void {
  const isRefused = flow === 'REFRESH_TOKEN_AUTH' && settings.rotation;
  if (isRefused || !settings.authFlows.includes(flow))
    throw invalidParameter(`${flow} flow not enabled for this client`);
}
