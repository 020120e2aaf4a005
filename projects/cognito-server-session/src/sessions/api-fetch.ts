import type { ResolvedOptions } from '../config/resolved-options';
import { ServerSessionError } from '../errors/server-session-error';
import type { SessionHandle } from './server-session';

/**
 * Calls an API with the access token, if its origin is one of `apiOrigins`. The cookies of the app never go along. A 401 is
 * answered with another token once, if there is one.
 */
export async function apiFetch(
  { apiOrigins, fetch }: Pick<ResolvedOptions, 'apiOrigins' | 'fetch'>,
  handle: SessionHandle,
  request: Request,
): Promise<Response> {
  const plain = new Request(request);
  plain.headers.delete('cookie');
  if (!apiOrigins.includes(new URL(plain.url).origin)) {
    plain.headers.delete('authorization');
    return fetch(plain);
  }
  const again = plain.clone();
  const accessToken = await handle.session.accessToken();
  const response = await fetch(withToken(plain, accessToken));
  if (response.status !== 401) return response;
  const other = await orNull(handle.tokenAfterRefusal(accessToken));
  if (other === null) return response;
  await response.body?.cancel();
  return fetch(withToken(again, other));
}

function withToken(request: Request, accessToken: string): Request {
  request.headers.set('authorization', `Bearer ${accessToken}`);
  return request;
}

/** Without another token the 401 of the API reaches the caller. */
async function orNull(token: Promise<string | null>): Promise<string | null> {
  try {
    return await token;
  } catch (error) {
    if (error instanceof ServerSessionError) return null;
    throw error;
  }
}
