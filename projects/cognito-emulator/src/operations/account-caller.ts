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
  /** Whether the client hides who exists: `PreventUserExistenceErrors`. */
  readonly hidesUsers: boolean;
}

export async function readAccountCaller(world: World, input: CallInput): Promise<AccountCaller> {
  const { pool, client } = requireClient(world, requiredString(input, 'ClientId'));
  const username = requiredString(input, 'Username');
  await requireSecretHash(client, [username], optionalString(input, 'SecretHash'));
  const hidesUsers = client.settings.preventUserExistenceErrors;
  return { pool, username, user: pool.findUser(username), hidesUsers };
}

/** The same, where the user has to be there. Of an unknown one only a client that hides who exists hears nothing. */
export async function readKnownCaller(world: World, input: CallInput): Promise<AccountCaller> {
  const caller = await readAccountCaller(world, input);
  if (caller.user === undefined && !caller.hidesUsers)
    throw new ServiceError('UserNotFoundException', 'Username/client id combination not found.');
  return caller;
}
