import { SessionError } from '../errors/session-error';
import type { Cookie } from './cookie-jar';

/**
 * One value in several cookies. The head cookie, named after the key, is `<generation>.<count>.<first piece>`; further
 * pieces lie in `<head>.<generation>.<n>`, n from 1. Every write has a generation of its own, `<number>-<random>`, and its
 * head is written last: a reader of the head finds the pieces of that write, or knows that some are missing.
 */
export interface CookieValue {
  readonly generation: string;
  /** Decoded; null: pieces are missing. */
  readonly text: string | null;
}

/** Below the 4096 bytes that browsers accept for one cookie, name and attributes included. */
export const MAX_COOKIE_BYTES = 4000;
/** Names and values of one stored value as they travel in the `Cookie` header of every request. */
export const MAX_VALUE_BYTES = 12_288;
/** Cookies of one adapter: browsers keep as few as 50 of a domain before they drop the oldest. */
export const MAX_COOKIES = 20;

/** Longer numbers are not ours: the next one would not be exact. */
const HEAD = /^(\d{1,15}-[0-9a-z]+)\.(\d{1,2})\./;

/** The value of a head cookie. */
export interface CookieHead {
  readonly generation: string;
  /** How many cookies the value has, the head included. */
  readonly count: number;
  /** The first piece, encoded. */
  readonly first: string;
}

/** Null: not a value of a head. */
export function parseHead(value: string): CookieHead | null {
  const match = HEAD.exec(value);
  if (match === null) return null;
  const [start, generation = '', count] = match;
  return { generation, count: Number(count), first: value.slice(start.length) };
}

/** The name of a key's head cookie; without dots, so that it never looks like another key's piece. */
export function headName(prefix: string, key: string): string {
  const encoded = encodeURIComponent(key).replace(
    /[!'()*.~]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return prefix + encoded;
}

/** The latest value under a name. It may be there twice, from another path or domain. */
export function findValue(cookies: readonly Cookie[], head: string): CookieValue | null {
  const latest = cookies
    .filter(({ name }) => name === head)
    .map(({ value }) => parseHead(value))
    .filter((parsed) => parsed !== null)
    .reduce<CookieHead | null>((best, next) => (isLater(next, best) ? next : best), null);
  return latest && readValue(cookies, head, latest);
}

/** The head and all pieces, of whatever generation, under a name. */
export function cookiesOf(cookies: readonly Cookie[], head: string): readonly Cookie[] {
  return cookies.filter(({ name }) => name === head || pieceGeneration(name, head) !== null);
}

/** The generation that a piece belongs to; null: no piece of this value. */
export function pieceGeneration(name: string, head: string): string | null {
  if (!name.startsWith(`${head}.`)) return null;
  return /^(\d+-[0-9a-z]+)\.\d+$/.exec(name.slice(head.length + 1))?.[1] ?? null;
}

/** The number in a generation: one more than that of the value it replaces. */
export function generationNumber(generation: string | undefined): number {
  return generation === undefined ? 0 : parseInt(generation, 10);
}

/**
 * The cookies that hold a text: the pieces in order, the head last. Throws `storageError` if they would be too many or
 * too large.
 *
 * @param room Bytes of a cookie's name and value together, `=` included.
 */
export function cookiesFor(
  head: string,
  generation: string,
  text: string,
  room: number,
): readonly [...Cookie[], Cookie] {
  const encoded = encodeURIComponent(text);
  // The same for a piece and for the head, whose generation and number lie in its value.
  const space = room - `${head}.${generation}.${MAX_COOKIES}=`.length;
  if (space <= 0) throw new SessionError('storageError', 'The key is too long for the name of a cookie.');
  const count = Math.max(1, Math.ceil(encoded.length / space));
  const slice = (index: number) => encoded.slice(index * space, (index + 1) * space);
  const pieces = Array.from({ length: count - 1 }, (_, index) => ({
    name: `${head}.${generation}.${index + 1}`,
    value: slice(index + 1),
  }));
  const headCookie = { name: head, value: `${generation}.${count}.${slice(0)}` };
  const bytes = [...pieces, headCookie].reduce(
    (sum, { name, value }) => sum + `${name}=${value}; `.length,
    0,
  );
  if (bytes > MAX_VALUE_BYTES) throw tooLarge(bytes);
  return [...pieces, headCookie];
}

function readValue(
  cookies: readonly Cookie[],
  head: string,
  { generation, count, first }: CookieHead,
): CookieValue {
  const pieces = Array.from({ length: Math.min(count, MAX_COOKIES) - 1 }, (_, index) =>
    cookies.find(({ name }) => name === `${head}.${generation}.${index + 1}`),
  );
  if (!pieces.every((piece) => piece !== undefined)) return { generation, text: null };
  return { generation, text: decode([first, ...pieces.map(({ value }) => value)].join('')) };
}

function isLater({ generation }: CookieHead, best: CookieHead | null): boolean {
  return generationNumber(generation) > generationNumber(best?.generation);
}

/** Null for a text that this library has not encoded. */
function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function tooLarge(bytes: number): SessionError {
  return new SessionError(
    'storageError',
    `The value takes ${bytes} bytes of cookies; at most ${MAX_VALUE_BYTES} fit into the headers of a request.`,
  );
}
