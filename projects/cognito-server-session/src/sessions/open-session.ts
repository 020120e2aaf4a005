import type { ExpectedIssuance } from '../../../ngx-cognito-session/src/lib/core/claims';
import {
  readTokenSet,
  type RawTokens,
  type TokenSet,
} from '../../../ngx-cognito-session/src/lib/core/token-set';
import { sealWith, sessionSeal, type Seal } from '../crypto/seal';
import type { SessionSecret } from '../crypto/session-secret';
import type { SessionRow } from '../model/session-row';
import { isSound } from '../model/sound-row';

/** A row together with what its owner can read in it. */
export interface OpenSession {
  readonly row: SessionRow;
  readonly tokens: TokenSet;
}

/** What a row says about tokens, sealed. */
export type SealedTokens = Pick<SessionRow, 'tokens' | 'refreshToken' | 'revocable'>;

/** Seals and opens the tokens of one session, with its secret and with the master key if there is one. */
export class SessionSeals {
  private constructor(
    private readonly own: Seal,
    private readonly master: Seal | null,
    private readonly expected: ExpectedIssuance,
  ) {}

  static async of(
    secret: SessionSecret,
    masterKeys: readonly CryptoKey[],
    expected: ExpectedIssuance,
  ): Promise<SessionSeals> {
    const master = masterKeys.length === 0 ? null : sealWith(masterKeys, secret);
    return new SessionSeals(await sessionSeal(secret), master, expected);
  }

  /**
   * `null`: the row was not written with this secret, it was changed from outside, or its tokens are those of another app client
   * or user pool.
   */
  async open(row: SessionRow): Promise<OpenSession | null> {
    if (!isSound(row)) return null;
    const raw = await this.own.open(row.tokens);
    const refreshToken = await this.openToken(row.refreshToken);
    if (raw === null || (refreshToken === null && row.refreshToken !== null)) return null;
    try {
      const tokens = { ...(JSON.parse(raw) as RawTokens), refreshToken: refreshToken ?? undefined };
      return { row, tokens: readTokenSet(tokens, this.expected) };
    } catch {
      return null;
    }
  }

  async seal({ accessToken, idToken, deviceKey, refreshToken }: TokenSet): Promise<SealedTokens> {
    return {
      tokens: await this.own.seal(JSON.stringify({ accessToken, idToken, deviceKey })),
      ...(await this.sealRefreshTokens(refreshToken === undefined ? [] : [refreshToken])),
    };
  }

  /** The first one is the current one; all of them become revocable with the master key. */
  async sealRefreshTokens(
    tokens: readonly string[],
  ): Promise<Pick<SealedTokens, 'refreshToken' | 'revocable'>> {
    const [current] = tokens;
    return {
      refreshToken: current === undefined ? null : await this.own.seal(current),
      revocable: this.master && (await this.master.seal(JSON.stringify(tokens))),
    };
  }

  sealToken(token: string): Promise<string> {
    return this.own.seal(token);
  }

  openToken(sealed: string | null): Promise<string | null> {
    return sealed === null ? Promise.resolve(null) : this.own.open(sealed);
  }

  /** The refresh tokens in the row, the spare one included. */
  async refreshTokensOf({ refreshToken, spare }: SessionRow): Promise<readonly string[]> {
    const tokens = await Promise.all([this.openToken(refreshToken), this.openToken(spare)]);
    return tokens.filter((token) => token !== null);
  }
}

/** The refresh tokens that the master key opens; `null` if they cannot be read. */
export async function revocableTokensOf(
  row: SessionRow,
  masterKeys: readonly CryptoKey[],
): Promise<readonly string[] | null> {
  const opened = row.revocable === null ? null : await sealWith(masterKeys, row).open(row.revocable);
  return opened === null ? null : (JSON.parse(opened) as readonly string[]);
}
