import type { Emulator } from 'cognito-emulator';

/** The `fetch` of an app whose keys come from an emulator instead of Cognito's address. */
export class KeyServer {
  /** What each request was allowed to take from the HTTP cache. */
  readonly requests: (RequestCache | undefined)[] = [];
  /** Answers instead of the emulator. */
  answer: ((init: RequestInit) => Promise<Response>) | null = null;

  constructor(private readonly emulator: Emulator) {}

  readonly fetch: typeof fetch = (url, init = {}) => {
    this.requests.push(init.cache);
    const { hostname, pathname } = new URL(url instanceof Request ? url.url : url);
    const { region, userPoolId, jwksUrl } = this.emulator;
    const isOurs =
      /^(issuer-)?cognito-idp\.[a-z0-9-]+\.amazonaws\.com$/.test(hostname) &&
      hostname.includes(region) &&
      pathname === `/${userPoolId}/.well-known/jwks.json`;
    if (!isOurs) return Promise.reject(new TypeError('Failed to fetch'));
    return this.answer?.(init) ?? fetch(jwksUrl);
  };
}
