import { base64, utf8 } from '../crypto/bytes';
import { hmacSha256 } from '../crypto/digest';
import { notAuthorized } from '../http/service-error';
import type { Client } from './client';

/** The `SECRET_HASH` of InitiateAuth. */
export async function secretHash(secret: string, username: string, clientId: string): Promise<string> {
  return base64(await hmacSha256(utf8(secret), utf8(username + clientId)));
}

/** `usernames` are the names the hash may be made with: the submitted one, or on refreshes the canonical ones. */
export async function requireSecretHash(
  { clientId, secrets }: Client,
  usernames: readonly string[],
  hash: string | undefined,
): Promise<void> {
  if (secrets.length === 0) return;
  if (hash === undefined)
    throw notAuthorized(`Client ${clientId} is configured with secret but SECRET_HASH was not received`);
  const good = await Promise.all(
    secrets.flatMap((secret) => usernames.map((username) => secretHash(secret, username, clientId))),
  );
  if (!good.includes(hash)) throw notAuthorized(`Unable to verify secret hash for client ${clientId}`);
}

/** The newer operations take the secret itself. */
export function requireClientSecret(client: Client, submitted: string | undefined): void {
  if (!hasClientSecret(client, submitted)) throw notAuthorized('Invalid client secret.');
}

export function hasClientSecret({ secrets }: Client, submitted: string | undefined): boolean {
  if (secrets.length === 0) return true;
  return submitted !== undefined && secrets.includes(submitted);
}
