import { ServiceError } from '../http/service-error';
import type { Pool } from '../pool/pool';
import { requireSecretHash } from '../pool/client-secret';
import type { User } from '../pool/user';
import { requireClient, type World } from '../pool/world';
import { optionalString, requiredString, type CallInput } from './call-input';

/** Of a call about an account, by a user who is not signed in. */
export interface AccountCaller {
  readonly pool: Pool;
  readonly username: string;
  readonly user: User | undefined;
}

export async function readAccountCaller(world: World, input: CallInput): Promise<AccountCaller> {
  const { pool, client } = requireClient(world, requiredString(input, 'ClientId'));
  const username = requiredString(input, 'Username');
  await requireSecretHash(client, [username], optionalString(input, 'SecretHash'));
  return { pool, username, user: pool.findUser(username) };
}

/** The same, where the user has to be there. Of an unknown one only a client that hides who exists hears nothing. */
export async function readKnownCaller(world: World, input: CallInput): Promise<AccountCaller> {
  const caller = await readAccountCaller(world, input);
  const { client } = requireClient(world, requiredString(input, 'ClientId'));
  if (caller.user === undefined && !client.settings.preventUserExistenceErrors)
    throw new ServiceError('UserNotFoundException', 'Username/client id combination not found.');
  return caller;
}
