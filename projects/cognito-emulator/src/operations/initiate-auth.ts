import type { AuthFlow } from '../config/client-settings';
import { invalidParameter } from '../http/service-error';
import type { Client } from '../pool/client';
import { requireSecretHash } from '../pool/client-secret';
import { requireClient, type ClientInPool, type World } from '../pool/world';
import type { AuthenticationResult } from '../tokens/authentication-result';
import { optionalString, requiredString, stringMap, type CallInput } from './call-input';
import type { Operation } from './operation';
import { passwordSignIn } from './password-sign-in';
import { redeemRefreshToken } from './redeem-refresh-token';

/** `InitiateAuth` with a password or a refresh token. */
export const initiateAuth: Operation = async (world, input) => {
  const flow = requiredString(input, 'AuthFlow');
  const found = requireClient(world, requiredString(input, 'ClientId'));
  const parameters = stringMap(input, 'AuthParameters');
  const result = await runFlow(flow, world, found, parameters);
  return { AuthenticationResult: result, ChallengeParameters: {} };
};

function runFlow(
  flow: string,
  world: World,
  found: ClientInPool,
  parameters: CallInput,
): Promise<AuthenticationResult> {
  switch (flow) {
    case 'USER_PASSWORD_AUTH':
      requireFlow(found.client, flow);
      return withPassword(world, found, parameters);
    case 'REFRESH_TOKEN_AUTH':
    case 'REFRESH_TOKEN':
      requireFlow(found.client, 'REFRESH_TOKEN_AUTH');
      return withRefreshToken(world, found, parameters);
    default:
      throw invalidParameter(`${flow} is not supported by the emulator`);
  }
}

async function withPassword(world: World, { pool, client }: ClientInPool, parameters: CallInput) {
  const username = requiredParameter(parameters, 'USERNAME');
  const password = requiredParameter(parameters, 'PASSWORD');
  await requireSecretHash(client, [username], optionalString(parameters, 'SECRET_HASH'));
  const deviceKey = optionalString(parameters, 'DEVICE_KEY');
  return passwordSignIn(world, { pool, client, deviceKey }, { username, password });
}

function withRefreshToken(world: World, { pool, client }: ClientInPool, parameters: CallInput) {
  const hash = optionalString(parameters, 'SECRET_HASH');
  return redeemRefreshToken(world, {
    pool,
    client,
    refreshToken: requiredParameter(parameters, 'REFRESH_TOKEN'),
    deviceKey: optionalString(parameters, 'DEVICE_KEY'),
    authenticateClient: (user) => requireSecretHash(client, [user.username, user.sub], hash),
  });
}

/** With rotation on, the old refresh flow must be off: AWS does not accept such a client otherwise. */
function requireFlow({ settings }: Client, flow: AuthFlow): void {
  const isRefused = flow === 'REFRESH_TOKEN_AUTH' && settings.rotation;
  if (isRefused || !settings.authFlows.includes(flow))
    throw invalidParameter(`${flow} flow not enabled for this client`);
}

function requiredParameter(parameters: CallInput, name: string): string {
  const value = optionalString(parameters, name);
  if (value === undefined) throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}
