import type { PreTokenEvent, PreTokenResponse } from '../config/pre-token-generation';
import { ServiceError } from '../http/service-error';
import type { Client } from '../pool/client';
import type { Pool } from '../pool/pool';
import type { User } from '../pool/user';

export interface TriggerInput {
  readonly client: Client;
  readonly user: User;
  readonly source: PreTokenEvent['triggerSource'];
  readonly clientMetadata?: Readonly<Record<string, string>>;
}

/** Asks the pool's trigger before anything is committed: a trigger that fails leaves the refresh token as it was. */
export async function runPreTokenGeneration(pool: Pool, input: TriggerInput): Promise<PreTokenResponse> {
  const { client, user, source, clientMetadata = {} } = input;
  try {
    const response = await pool.preTokenGeneration?.({
      triggerSource: source,
      userPoolId: pool.id,
      clientId: client.clientId,
      userName: user.username,
      userAttributes: { sub: user.sub, ...user.attributes },
      groups: user.groups,
      clientMetadata,
    });
    return response ?? {};
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ServiceError(
      'UserLambdaValidationException',
      `PreTokenGeneration failed with error ${reason}.`,
    );
  }
}
