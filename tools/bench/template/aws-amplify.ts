import { signal } from '@angular/core';
import { Amplify } from 'aws-amplify';
import { getCurrentUser } from 'aws-amplify/auth';
import { start, type UserName } from './app';

declare const BENCH: { region: string; userPoolId: string; clientId: string };

Amplify.configure({ Auth: { Cognito: { userPoolId: BENCH.userPoolId, userPoolClientId: BENCH.clientId } } });

interface Tokens {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken: string;
}

/** Stores tokens as Amplify does. */
function signIn({ AccessToken, IdToken, RefreshToken }: Tokens): void {
  const prefix = `CognitoIdentityServiceProvider.${BENCH.clientId}`;
  localStorage.setItem(`${prefix}.LastAuthUser`, 'alice');
  localStorage.setItem(`${prefix}.alice.accessToken`, AccessToken);
  localStorage.setItem(`${prefix}.alice.idToken`, IdToken);
  localStorage.setItem(`${prefix}.alice.refreshToken`, RefreshToken);
  localStorage.setItem(`${prefix}.alice.clockDrift`, '0');
}

Object.assign(globalThis, { signIn });

start((): UserName => {
  const name = signal<string | null | undefined>(undefined);
  getCurrentUser().then(
    ({ username }) => name.set(username),
    () => name.set(null),
  );
  return name;
});
