import type { UserChange } from '../config/user-change';
import type { Pool } from '../pool/pool';
import type { World } from '../pool/world';
import type { User } from '../pool/user';

export interface UserInPool {
  readonly pool: Pool;
  readonly user: User;
}

/** Finds a user by username in any pool, the first one first. */
export function requireUser(world: World, username: string): UserInPool {
  for (const pool of world.pools) {
    const user = pool.findUser(username);
    if (user !== undefined) return { pool, user };
  }
  throw new Error(`No user ${username}`);
}

export function changeUser({ pool, user }: UserInPool, change: UserChange): void {
  user.enabled = change.enabled ?? user.enabled;
  user.status = change.status ?? user.status;
  user.password = change.password ?? user.password;
  user.groups = [...(change.groups ?? user.groups)];
  user.attributes = { ...user.attributes, ...change.attributes };
  if (change.enabled === false) pool.tokens.revokeAllOf(user.username);
}

/** AdminDeleteUser: the tokens stay, and answer UserNotFoundException. */
export function deleteUser({ pool, user }: UserInPool): void {
  pool.users.delete(user.username);
}
