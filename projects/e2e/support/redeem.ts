/** Where a user pool answers, and for which app client. */
export interface CognitoAddress {
  readonly url: string;
  readonly clientId: string;
}

/** Tries to renew with a refresh token from outside the browser, as a thief would. */
export async function redeem(
  cognito: CognitoAddress,
  refreshToken: string,
): Promise<{ status: number; type: unknown }> {
  const response = await fetch(cognito.url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': 'AWSCognitoIdentityProviderService.GetTokensFromRefreshToken',
    },
    body: JSON.stringify({ RefreshToken: refreshToken, ClientId: cognito.clientId }),
  });
  const answer = (await response.json()) as { __type?: unknown };
  return { status: response.status, type: answer.__type };
}
