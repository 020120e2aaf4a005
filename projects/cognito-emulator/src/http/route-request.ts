import { oauthExchange } from '../oauth/oauth-exchange';
import type { World } from '../pool/world';
import { discoveryExchange } from './discovery-exchange';
import type { Exchange } from './exchange';
import { jsonExchange } from './json-exchange';
import type { ReceivedCall } from './received-call';

/** Finds the call that a request means; null if it means none. */
export function routeRequest(request: ReceivedCall, world: World): Exchange | null {
  if (request.method === 'POST' && request.url.pathname === '/') return jsonExchange(request, world);
  return oauthExchange(request, world) ?? discoveryExchange(request, world);
}
