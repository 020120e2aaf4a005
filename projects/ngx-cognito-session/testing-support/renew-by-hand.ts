import type { Emulator } from 'cognito-emulator';

export interface TokensRenewedByHand {
  readonly AccessToken: string;
  readonly IdToken: string;
  /** With rotation only. */
  readonly RefreshToken: string;
}

/** A renewal that the library under test has no part in: another tab's, or the app's own. */
export async function renewByHand(emulator: Emulator, refreshToken: string): Promise<TokensRenewedByHand> {
  const response = await fetch(emulator.url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': 'AWSCognitoIdentityProviderService.GetTokensFromRefreshToken',
    },
    body: JSON.stringify({ RefreshToken: refreshToken, ClientId: emulator.clientId }),
  });
  const { AuthenticationResult } = (await response.json()) as { AuthenticationResult: TokensRenewedByHand };
  return AuthenticationResult;
}
