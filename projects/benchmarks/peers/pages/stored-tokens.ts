import { config } from './app';
import type { Tokens } from './control';

/** Stores tokens as Amplify and amazon-cognito-identity-js do after a sign-in. */
export function storeForUser({ AccessToken, IdToken, RefreshToken }: Tokens): void {
  const prefix = `CognitoIdentityServiceProvider.${config.clientId}`;
  localStorage.setItem(`${prefix}.LastAuthUser`, 'alice');
  localStorage.setItem(`${prefix}.alice.accessToken`, AccessToken);
  localStorage.setItem(`${prefix}.alice.idToken`, IdToken);
  localStorage.setItem(`${prefix}.alice.refreshToken`, RefreshToken);
  localStorage.setItem(`${prefix}.alice.clockDrift`, '0');
}
