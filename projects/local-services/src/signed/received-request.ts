import type { IncomingMessage } from 'node:http';
import { readBytes } from '../../../cognito-emulator/src/node/read-body';

/** A request as it came over the wire: nothing decoded that a signature covers. */
export interface ReceivedRequest {
  readonly method: string;
  /** Percent-encoded, as received. */
  readonly path: string;
  /** Decoded once. */
  readonly query: Readonly<Record<string, string | string[]>>;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export async function receiveRequest(request: IncomingMessage, maxBytes?: number): Promise<ReceivedRequest> {
  const [path = '/', query = ''] = splitOnce(request.url ?? '/', '?');
  return {
    method: request.method ?? 'GET',
    path,
    query: parseQuery(query),
    headers: headersOf(request),
    body: await readBytes(request, maxBytes),
  };
}

/** One value of the query; the first one of several. */
export function queryValue({ query }: ReceivedRequest, name: string): string | undefined {
  const value = query[name];
  return typeof value === 'string' ? value : value?.[0];
}

/** The hash of the body that the request names, in a header or, presigned, in the query; it can also be the name of a way without one. */
export function namedPayloadHash(request: ReceivedRequest): string | undefined {
  return request.headers['x-amz-content-sha256'] ?? queryValue(request, 'X-Amz-Content-Sha256');
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const entries = Object.entries(request.headersDistinct).map(([name, values = []]): [string, string] => [
    name,
    values.join(','),
  ]);
  return Object.fromEntries(entries);
}

/** Not `URLSearchParams`, which reads a plus sign as a space: the rules of signatures do not. */
function parseQuery(query: string): Record<string, string | string[]> {
  const values = new Map<string, string | string[]>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const [name = '', value = ''] = splitOnce(pair, '=').map(decode);
    const before = values.get(name);
    values.set(name, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(values);
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
