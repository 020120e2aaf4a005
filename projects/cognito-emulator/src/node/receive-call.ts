import type { IncomingMessage } from 'node:http';
import type { ReceivedCall } from '../http/received-call';
import { readBytes } from './read-body';

/** Its headers by their lower-case names. */
export function headerOf({ headers }: IncomingMessage): ReceivedCall['header'] {
  return (name) => {
    const value = headers[name];
    return typeof value === 'string' ? value : undefined;
  };
}

/** Reads a request off its connection. */
export async function receiveCall(request: IncomingMessage, origin: string): Promise<ReceivedCall> {
  return {
    method: request.method ?? 'GET',
    url: new URL(request.url ?? '/', origin),
    header: headerOf(request),
    body: (await readBytes(request)).toString('utf8'),
  };
}
