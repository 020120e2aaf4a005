import type { Clock } from '../clock/clock';
import { hex, utf8 } from '../crypto/bytes';
import type { WireAnswer } from './answer';
import { CORS_HEADERS } from './cors';

/** All headers of an answer, with `Date` by the emulator's clock. */
export function wireHeaders({ headers, body }: WireAnswer, clock: Clock): Readonly<Record<string, string>> {
  const length = typeof body === 'string' ? new TextEncoder().encode(body).length : body.length;
  return {
    Date: new Date(clock.now()).toUTCString(),
    ...CORS_HEADERS,
    ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, asciiOf(value)])),
    'Content-Length': String(length),
  };
}

/** A header holds no more than ASCII: the rest is escaped as in an address. */
function asciiOf(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, (character) =>
    hex(utf8(character)).replace(/../g, '%$&').toUpperCase(),
  );
}
