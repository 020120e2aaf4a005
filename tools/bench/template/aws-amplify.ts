import { signal } from '@angular/core';
import { Amplify } from 'aws-amplify';
import { getCurrentUser } from 'aws-amplify/auth';
import { storeAsAmplify, type Tokens } from './amplify-storage';
import { start, type UserName } from './app';

declare const BENCH: { region: string; userPoolId: string; clientId: string };

Amplify.configure({ Auth: { Cognito: { userPoolId: BENCH.userPoolId, userPoolClientId: BENCH.clientId } } });

Object.assign(globalThis, { signIn: (tokens: Tokens) => storeAsAmplify(BENCH.clientId, tokens) });

start((): UserName => {
  const name = signal<string | null | undefined>(undefined);
  getCurrentUser().then(
    ({ username }) => name.set(username),
    () => name.set(null),
  );
  return name;
});
