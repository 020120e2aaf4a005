import type { Clock } from '../clock/clock';
import type { WireAnswer } from './answer';
import { CORS_HEADERS } from './cors';

/** All headers of an answer, with `Date` by the emulator's clock. */
export function wireHeaders({ headers, body }: WireAnswer, clock: Clock): Readonly<Record<string, string>> {
  const length = typeof body === 'string' ? new TextEncoder().encode(body).length : body.length;
  return {
    Date: new Date(clock.now()).toUTCString(),
    ...CORS_HEADERS,
    ...headers,
    'Content-Length': String(length),
  };
}
