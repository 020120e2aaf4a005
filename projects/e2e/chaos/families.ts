import type { SentToken } from './facts';

interface RefreshTokenName {
  readonly name: string;
  readonly family: string;
}

/** Which token descends from which sign-in. Tokens get names, so that no other log holds them. */
export class Families {
  private readonly refreshTokens = new Map<string, RefreshTokenName>();
  private readonly accessTokens = new Map<string, SentToken>();
  private readonly logins = new Map<string, string>();
  private readonly owners = new Map<string, { device: string; username: string }>();
  private readonly counts = new Map<string, number>();

  /** A sign-in whose tokens were issued at this real time; gives the name of its family. */
  begin(
    device: string,
    username: string,
    tokens: { readonly AccessToken: string; readonly RefreshToken: string },
    at: number,
  ): string {
    const family = `f${this.owners.size + 1}`;
    this.owners.set(family, { device, username });
    this.addRefreshToken(tokens.RefreshToken, family);
    this.addAccessToken(tokens.AccessToken, family, at);
    return family;
  }

  addRefreshToken(token: string, family: string): void {
    if (this.refreshTokens.has(token)) return;
    const count = (this.counts.get(family) ?? 0) + 1;
    this.counts.set(family, count);
    this.refreshTokens.set(token, { name: `${family}.r${count}`, family });
  }

  addAccessToken(token: string, family: string, issuedAt: number): void {
    if (this.accessTokens.has(token)) return;
    const { exp, origin_jti: login } = claimsOf(token);
    const owner = this.owners.get(family);
    if (owner === undefined) return;
    this.accessTokens.set(token, { family, ...owner, issuedAt, expiresAt: exp * 1000 });
    if (login !== undefined) this.logins.set(login, family);
  }

  refreshToken(token: string | undefined): RefreshTokenName | null {
    return (token === undefined ? undefined : this.refreshTokens.get(token)) ?? null;
  }

  accessToken(token: string | null): SentToken | null {
    return (token === null ? undefined : this.accessTokens.get(token)) ?? null;
  }

  /** The family of a session that a page shows, by the claim `origin_jti`. */
  ofLogin(login: string | null): string | null {
    return (login === null ? undefined : this.logins.get(login)) ?? null;
  }

  deviceOf(family: string): string {
    return this.owners.get(family)?.device ?? '-';
  }
}

/** The lifetime that an access token states, ms. */
export function lifetimeMsOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const { exp, iat } = claimsOf(token);
  return (exp - iat) * 1000;
}

function claimsOf(token: string): { exp: number; iat: number; origin_jti?: string } {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return JSON.parse(payload) as { exp: number; iat: number; origin_jti?: string };
}
