import { fromBase64, utf8Text } from '../crypto/bytes';
import { optionalString, type CallInput } from '../operations/call-input';
import { hasClientSecret } from '../pool/client-secret';
import { findClient, type ClientInPool, type World } from '../pool/world';
import { oauthError } from './oauth-error';

/** The client of a form request: by HTTP Basic, or by `client_id` and, if it has one, `client_secret` in the body. */
export function authenticateClient(
  world: World,
  form: CallInput,
  authorization: string | undefined,
): ClientInPool {
  const basic = basicCredentials(authorization);
  const clientId = basic?.clientId ?? optionalString(form, 'client_id');
  const secret = basic?.secret ?? optionalString(form, 'client_secret');
  if (clientId === undefined) throw oauthError('invalid_request');
  const found = findClient(world, clientId);
  if (found === undefined || !hasClientSecret(found.client, secret)) throw oauthError('invalid_client');
  return found;
}

function basicCredentials(authorization: string | undefined) {
  const encoded = /^Basic (\S+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return null;
  const [clientId = '', secret = ''] = decode(encoded).split(':');
  return { clientId, secret };
}

/** What is no Base64 names no client. */
function decode(encoded: string): string {
  try {
    return utf8Text(fromBase64(encoded));
  } catch {
    return '';
  }
}
