import type { IncomingMessage } from 'node:http';
import { oauthExchange } from '../oauth/oauth-exchange';
import type { World } from '../pool/world';
import { discoveryExchange } from './discovery-exchange';
import type { Exchange } from './exchange';
import { jsonExchange } from './json-exchange';

/** Finds the call that a request means; null if it means none. */
export function routeRequest(
  request: IncomingMessage,
  body: string,
  url: URL,
  world: World,
): Exchange | null {
  if (request.method === 'POST' && url.pathname === '/') return jsonExchange(request, body, world);
  return oauthExchange(request, body, url, world) ?? discoveryExchange(request, url, world);
}
