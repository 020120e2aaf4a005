import type { IncomingMessage } from 'node:http';
import type { ReceivedCall } from '../http/received-call';
import { readBytes } from './read-body';

/** Reads a request off its connection. */
export async function receiveCall(request: IncomingMessage, origin: string): Promise<ReceivedCall> {
  return {
    method: request.method ?? 'GET',
    url: new URL(request.url ?? '/', origin),
    header: (name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? value : undefined;
    },
    body: (await readBytes(request)).toString('utf8'),
  };
}
