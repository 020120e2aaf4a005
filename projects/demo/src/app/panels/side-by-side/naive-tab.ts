import { decodeUnverifiedJwt } from 'ngx-cognito-session';
import type { injectCognitoClient } from '../../sign-in/cognito-client';
import type { NaiveSession } from './naive-interceptor';
import type { SdkTokens } from './side';

/** What all tabs of an app read and write, as `localStorage` is. */
export interface NaiveBox {
  tokens: { readonly accessToken: string; readonly refreshToken: string } | null;
  /** How often a failed refresh has ended the session. */
  lost: number;
}

export const naiveBox = ({ AccessToken, RefreshToken }: SdkTokens): NaiveBox => ({
  tokens: { accessToken: AccessToken, refreshToken: RefreshToken },
  lost: 0,
});

/** A tab of the hand-written app: the raw SDK, and no word to the other tabs. */
export class NaiveTab implements NaiveSession {
  constructor(
    private readonly box: NaiveBox,
    private readonly loadClient: ReturnType<typeof injectCognitoClient>,
    private readonly clientId: string,
  ) {}

  accessToken(): string | null {
    return this.box.tokens?.accessToken ?? null;
  }

  isExpired(): boolean {
    const token = this.accessToken();
    if (token === null) return true;
    const expiresAt = decodeUnverifiedJwt(token).expiresAt?.getTime() ?? 0;
    return expiresAt <= Date.now();
  }

  async refresh(): Promise<void> {
    const before = this.box.tokens;
    if (before === null) throw new Error('Signed out');
    const { client, GetTokensFromRefreshTokenCommand } = await this.loadClient();
    const { AuthenticationResult } = await client.send(
      new GetTokensFromRefreshTokenCommand({ ClientId: this.clientId, RefreshToken: before.refreshToken }),
    );
    const { AccessToken = '', RefreshToken = before.refreshToken } = AuthenticationResult ?? {};
    this.box.tokens = { accessToken: AccessToken, refreshToken: RefreshToken };
  }

  signOut(): void {
    if (this.box.tokens !== null) this.box.lost += 1;
    this.box.tokens = null;
  }
}
