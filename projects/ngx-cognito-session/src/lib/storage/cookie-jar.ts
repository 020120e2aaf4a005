import type { CookieRules } from './cookie-rules';

/** One cookie, as a script sees it. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
}

/** The page's cookies under the rules of one adapter. `document` is looked up at each call. */
export class CookieJar {
  constructor(readonly rules: CookieRules) {}

  /** Everything the page can read, at one moment. A name may come twice, from another path or domain. */
  read(): readonly Cookie[] {
    return document.cookie
      .split(';')
      .map((pair) => pair.trim())
      .filter((pair) => pair.includes('='))
      .map((pair) => {
        const equals = pair.indexOf('=');
        return { name: pair.slice(0, equals), value: pair.slice(equals + 1) };
      });
  }

  /** The browser refuses silently, so a writer reads the cookie back. */
  write({ name, value }: Cookie): void {
    document.cookie = `${name}=${value}${this.attributes}`;
  }

  remove(name: string): void {
    document.cookie = `${name}=; Max-Age=0${this.rules.attributes}`;
  }

  /** What follows name and value of a written cookie; ASCII, so its length is its size in bytes. */
  get attributes(): string {
    return this.rules.maxAge + this.rules.attributes;
  }
}
