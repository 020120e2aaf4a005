import { SessionError } from '../errors/session-error';
import { CookieJar, type Cookie } from './cookie-jar';
import { cookieRules, type CookieRules, type CookieStorageOptions } from './cookie-rules';
import { readRequestCookies } from './cookie-request';
import {
  cookiesFor,
  cookiesOf,
  findValue,
  generationNumber,
  headName,
  MAX_COOKIE_BYTES,
  MAX_COOKIES,
  pieceGeneration,
  type CookieValue,
} from './cookie-value';
import type { StorageAdapter } from './storage-adapter';

/** Set to `false` by builds for browsers. */
declare const ngServerMode: unknown;

/** A tab that has written later may have cleared our pieces away: so many times in a row it is not that. */
const ATTEMPTS = 5;

interface Write {
  readonly generation: string;
  /** What was there when it began. */
  readonly previous: string | undefined;
}

/** `overwritten`: another tab has written meanwhile, so that ours counts as the earlier one. */
type Progress = 'open' | 'written' | 'overwritten';

/**
 * Keeps items in cookies, split where they are too large for one. A reader never sees the pieces of two writes; what the
 * browser dropped is noticed and taken back. Every script of the page reads these cookies, and every request to the site
 * carries them: they must never authenticate an API.
 *
 * Throws `invalidConfiguration` for options that a browser refuses, `storageError` for values that it does not keep.
 *
 * ```ts
 * provideSession(config, withStorage(() => new CookieStorageAdapter({ prefix: '__Host-session.' })));
 * ```
 */
export class CookieStorageAdapter implements StorageAdapter {
  /** Where the library puts the refresh token: as the option says, default `indexedDb`. */
  readonly refreshTokenIn: 'indexedDb' | 'cookie';
  /** The item of a key in the cookies of a request; only for servers. Throws if the request does not show which one it is. */
  readonly ɵreadRequest =
    typeof ngServerMode === 'undefined' || ngServerMode
      ? (key: string, request: { readonly header: string; readonly isHttps: boolean }): string | null =>
          readRequestCookies(this.options, key, request)
      : undefined;
  private jarOrNone: CookieJar | null = null;

  constructor(private readonly options: CookieStorageOptions = {}) {
    // Whatever the page is: a mistake must be found at once.
    cookieRules(options, false);
    this.refreshTokenIn = options.refreshTokenIn ?? 'indexedDb';
  }

  /** Not before the first call: on a server there is no location. */
  private get jar(): CookieJar {
    return (this.jarOrNone ??= new CookieJar(cookieRules(this.options, location.protocol === 'https:')));
  }

  private get rules(): CookieRules {
    return this.jar.rules;
  }

  /** The value, or null if there is none or not all of it: for a moment that may be so while two tabs write. */
  getItem(key: string): string | null {
    const head = headName(this.rules.prefix, key);
    const value = findValue(this.jar.read(), head);
    const isCut = value?.text === null;
    return (isCut ? findValue(this.jar.read(), head) : value)?.text ?? null;
  }

  /** Writes the value, whole or not at all. */
  setItem(key: string, value: string): void {
    const head = headName(this.rules.prefix, key);
    const before = this.jar.read();
    const previous = findValue(before, head)?.generation;
    const generation = `${generationNumber(previous) + 1}-${nonce()}`;
    const cookies = cookiesFor(head, generation, value, MAX_COOKIE_BYTES - this.jar.attributes.length);
    checkCount(before, head, this.rules.prefix, cookies.length);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const progress = this.writeInOrder(head, cookies, { previous, generation });
      if (progress === 'open') continue;
      this.clearAway(head, generation, progress);
      return;
    }
    this.clearAway(head, generation, 'open');
    this.restore(head, before);
    throw new SessionError(
      'storageError',
      'The browser did not keep the cookies: they are blocked, too many or too large.',
    );
  }

  /** Removes the value, if there is one. Throws if the browser still shows it. */
  removeItem(key: string): void {
    const head = headName(this.rules.prefix, key);
    // The head first: without it the pieces mean nothing.
    this.jar.remove(head);
    this.removePieces(head, () => true);
    if (cookiesOf(this.jar.read(), head).length > 0)
      throw new SessionError(
        'storageError',
        'The cookies are still there: they were written with another path or domain.',
      );
  }

  /** The head comes last, if the browser has kept all pieces and no other tab was faster. */
  private writeInOrder(head: string, cookies: readonly Cookie[], write: Write): Progress {
    const pieces = cookies.slice(0, -1);
    for (const piece of pieces) this.jar.write(piece);
    const between = this.jar.read();
    if (progressOf(write, findValue(between, head)) === 'open' && includesAll(between, pieces))
      for (const headCookie of cookies.slice(-1)) this.jar.write(headCookie);
    return progressOf(write, findValue(this.jar.read(), head));
  }

  /** Removes the pieces of older writes once this one counts, else its own. */
  private clearAway(head: string, generation: string, progress: Progress): void {
    const number = generationNumber(generation);
    // Another tab in the middle of its own write has the same number.
    this.removePieces(head, (other) =>
      progress === 'written' ? generationNumber(other) !== number : other === generation,
    );
  }

  /** Puts back what was there before: making room for the new cookies, a browser may have dropped old ones. */
  private restore(head: string, before: readonly Cookie[]): void {
    const now = this.jar.read();
    // Whole: the old value, or one that another tab has written meanwhile.
    if (typeof findValue(now, head)?.text === 'string') return;
    const lost = cookiesOf(before, head).filter((cookie) => !includesAll(now, [cookie]));
    for (const cookie of lost.filter(({ name }) => name !== head)) this.jar.write(cookie);
    for (const cookie of lost.filter(({ name }) => name === head)) this.jar.write(cookie);
    if (findValue(before, head) === null) this.jar.remove(head);
  }

  private removePieces(head: string, isOld: (generation: string) => boolean): void {
    for (const { name } of cookiesOf(this.jar.read(), head)) {
      const generation = pieceGeneration(name, head);
      if (generation !== null && isOld(generation)) this.jar.remove(name);
    }
  }
}

function progressOf({ generation, previous }: Write, value: CookieValue | null): Progress {
  if (typeof value?.text !== 'string' || value.generation === previous) return 'open';
  return value.generation === generation ? 'written' : 'overwritten';
}

function checkCount(cookies: readonly Cookie[], head: string, prefix: string, count: number): void {
  const others =
    cookies.filter(({ name }) => name.startsWith(prefix)).length - cookiesOf(cookies, head).length;
  if (others + count > MAX_COOKIES)
    throw new SessionError('storageError', `The app would have more than ${MAX_COOKIES} session cookies.`);
}

function includesAll(cookies: readonly Cookie[], wanted: readonly Cookie[]): boolean {
  return wanted.every(({ name, value }) =>
    cookies.some((cookie) => cookie.name === name && cookie.value === value),
  );
}

function nonce(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(2)), (part) => part.toString(36)).join('');
}
