/** What an authorization code stands for. */
export interface AuthorizationGrant {
  readonly clientId: string;
  readonly username: string;
  readonly redirectUri: string;
  readonly scope: string;
  readonly nonce: string | undefined;
  readonly resource: string | undefined;
  /** Null when the request used no PKCE. */
  readonly codeChallenge: string | null;
}

const LIFETIME_MS = 5 * 60_000;

/** Codes live five minutes and serve once: presenting one, even wrongly, spends it. */
export class AuthorizationCodes {
  private readonly grants = new Map<
    string,
    { readonly grant: AuthorizationGrant; readonly expiresAt: number }
  >();

  issue(grant: AuthorizationGrant, now: number): string {
    const code = crypto.randomUUID();
    this.grants.set(code, { grant, expiresAt: now + LIFETIME_MS });
    return code;
  }

  take(code: string, now: number): AuthorizationGrant | undefined {
    const found = this.grants.get(code);
    this.grants.delete(code);
    return found !== undefined && now < found.expiresAt ? found.grant : undefined;
  }
}
