import { createHmac, timingSafeEqual } from 'node:crypto';
import { notAuthorized } from '../http/service-error';
import type { Client } from './client';

/** The `SECRET_HASH` of InitiateAuth. */
export function secretHash(secret: string, username: string, clientId: string): string {
  return createHmac('sha256', secret)
    .update(username + clientId)
    .digest('base64');
}

/** `usernames` are the names the hash may be made with: the submitted one, or on refreshes the canonical ones. */
export function requireSecretHash(
  { clientId, secrets }: Client,
  usernames: readonly string[],
  hash: string | undefined,
): void {
  if (secrets.length === 0) return;
  if (hash === undefined)
    throw notAuthorized(`Client ${clientId} is configured with secret but SECRET_HASH was not received`);
  const isMadeWith = (secret: string) =>
    usernames.some((username) => isEqual(secretHash(secret, username, clientId), hash));
  if (!secrets.some(isMadeWith)) throw notAuthorized(`Unable to verify secret hash for client ${clientId}`);
}

/** The newer operations take the secret itself. */
export function requireClientSecret(client: Client, submitted: string | undefined): void {
  if (!hasClientSecret(client, submitted)) throw notAuthorized('Invalid client secret.');
}

export function hasClientSecret({ secrets }: Client, submitted: string | undefined): boolean {
  if (secrets.length === 0) return true;
  return submitted !== undefined && secrets.some((secret) => isEqual(secret, submitted));
}

function isEqual(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
