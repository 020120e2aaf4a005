export interface Tokens {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken: string;
}

/** Stores tokens as Amplify does. */
export function storeAsAmplify(clientId: string, { AccessToken, IdToken, RefreshToken }: Tokens): void {
  const prefix = `CognitoIdentityServiceProvider.${clientId}`;
  localStorage.setItem(`${prefix}.LastAuthUser`, 'alice');
  localStorage.setItem(`${prefix}.alice.accessToken`, AccessToken);
  localStorage.setItem(`${prefix}.alice.idToken`, IdToken);
  localStorage.setItem(`${prefix}.alice.refreshToken`, RefreshToken);
  localStorage.setItem(`${prefix}.alice.clockDrift`, '0');
}
