import type { ClientSettings, InGraceAnswer } from '../config/client-settings';
import { newRefreshTokenValue } from '../tokens/refresh-token-value';
import { judgeRefreshToken } from './judge-refresh-token';
import type { AccessTokenRecord, RefreshTokenRecord, TokenFamily } from './token-records';

export type FamilySeed = Pick<
  TokenFamily,
  'username' | 'clientId' | 'scope' | 'resource' | 'isManagedLogin' | 'deviceKey'
>;

/** The one place where token state changes. Every change is synchronous: what a call commits, it commits at once. */
export class TokenStore {
  private readonly refreshTokens = new Map<string, RefreshTokenRecord>();
  private readonly accessTokens = new Map<string, AccessTokenRecord>();

  findRefreshToken(value: string): RefreshTokenRecord | undefined {
    return this.refreshTokens.get(value);
  }

  findAccessToken(token: string): AccessTokenRecord | undefined {
    return this.accessTokens.get(token);
  }

  /** By the ID token that was issued with it. */
  findByIdToken(idToken: string): AccessTokenRecord | undefined {
    return [...this.accessTokens.values()].find((record) => record.idToken === idToken);
  }

  allRefreshTokens(): RefreshTokenRecord[] {
    return [...this.refreshTokens.values()];
  }

  /** Access, ID and refresh tokens. */
  allTokens(): string[] {
    const issued = [...this.accessTokens.values()].flatMap(({ token, idToken }) => [token, idToken]);
    return [...issued, ...this.refreshTokens.keys()];
  }

  startFamily(seed: FamilySeed, settings: ClientSettings, now: number): RefreshTokenRecord {
    const family: TokenFamily = {
      ...seed,
      id: crypto.randomUUID(),
      authTime: Math.floor(now / 1000),
      expiresAt: now + settings.refreshTokenSeconds * 1000,
      eventId: crypto.randomUUID(),
      sessionId: newSessionId(),
      lastActiveAt: now,
      revoked: false,
    };
    return this.addRefreshToken(family, crypto.randomUUID(), null, now);
  }

  /** Gives the refresh token of the answer, or the submitted one when the client does not rotate. */
  redeem(submitted: RefreshTokenRecord, settings: ClientSettings, now: number): RefreshTokenRecord {
    submitted.family.lastActiveAt = now;
    if (!settings.rotation) return submitted;
    const [first] = submitted.successors;
    if (first !== undefined && settings.inGraceAnswer === 'sameSuccessor') return first;
    const originJti = settings.newOriginJtiOnRotation ? crypto.randomUUID() : submitted.originJti;
    const successor = this.addRefreshToken(submitted.family, originJti, submitted, now);
    submitted.retiredAt ??= now;
    supersede(submitted.successors, settings.inGraceAnswer);
    return successor;
  }

  recordAccessToken(record: AccessTokenRecord): void {
    this.accessTokens.set(record.token, record);
  }

  /** A revoked token takes those it replaced with it: they could only bring it back. Siblings and successors live on. */
  revoke(record: RefreshTokenRecord): void {
    for (let each: RefreshTokenRecord | null = record; each !== null; each = each.replaces)
      each.revoked = true;
  }

  revokeAllOf(username: string): void {
    for (const { family } of this.refreshTokens.values())
      if (family.username === username) family.revoked = true;
  }

  /** The sign-ins of a user that can still be refreshed, in the order of their beginning. */
  activeFamilies(username: string, now: number): TokenFamily[] {
    const families = this.allRefreshTokens()
      .filter((record) => judgeRefreshToken(record, record.family.clientId, 0, now) === 'current')
      .map(({ family }) => family)
      .filter((family) => family.username === username);
    return [...new Set(families)].sort((one, other) => one.authTime - other.authTime);
  }

  /** Ends the sessions that were used least recently until no more than `count` are left. */
  evict(username: string, count: number, now: number): void {
    const byUse = this.activeFamilies(username, now).sort(
      (one, other) => one.lastActiveAt - other.lastActiveAt,
    );
    for (const family of byUse.slice(0, Math.max(0, byUse.length - count))) family.revoked = true;
  }

  private addRefreshToken(
    family: TokenFamily,
    originJti: string,
    replaces: RefreshTokenRecord | null,
    now: number,
  ): RefreshTokenRecord {
    const record: RefreshTokenRecord = {
      value: newRefreshTokenValue(),
      family,
      originJti,
      issuedAt: now,
      replaces,
      successors: [],
      retiredAt: null,
      revoked: false,
      superseded: false,
    };
    replaces?.successors.push(record);
    this.refreshTokens.set(record.value, record);
    return record;
  }
}

function supersede(successors: readonly RefreshTokenRecord[], answer: InGraceAnswer): void {
  if (answer === 'onlyFirstValid') for (const late of successors.slice(1)) late.superseded = true;
  if (answer === 'onlyLastValid') for (const early of successors.slice(0, -1)) early.superseded = true;
}

/** In the form of the real ones: 28 characters, of which the first three say that it is no session of managed login. */
function newSessionId(): string {
  return `tkn${crypto.randomUUID().replaceAll('-', '').slice(0, 25)}`;
}
