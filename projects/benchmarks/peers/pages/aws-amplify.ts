import { withInterceptors, type HttpInterceptorFn } from '@angular/common/http';
import { signal } from '@angular/core';
import type { CanActivateFn } from '@angular/router';
import { Amplify } from 'aws-amplify';
import { fetchAuthSession, getCurrentUser } from 'aws-amplify/auth';
import { Hub } from 'aws-amplify/utils';
import { from, switchMap } from 'rxjs';
import { API, config, type Parts } from './app';
import type { Control, Tokens } from './control';
import { storeForUser } from './stored-tokens';

Amplify.configure({
  Auth: {
    Cognito: {
      userPoolId: config.userPoolId,
      userPoolClientId: config.clientId,
      userPoolEndpoint: config.endpoint,
    },
  },
});

async function token(): Promise<string> {
  const { tokens } = await fetchAuthSession();
  if (tokens === undefined) throw new Error('Signed out.');
  return tokens.accessToken.toString();
}

const userName = signal<string | null | undefined>(undefined);
const readUser = () =>
  getCurrentUser().then(
    ({ username }) => userName.set(username),
    () => userName.set(null),
  );

const interceptor: HttpInterceptorFn = (request, next) =>
  request.url.startsWith(`${API}/`)
    ? from(token()).pipe(
        switchMap((value) => next(request.clone({ setHeaders: { Authorization: `Bearer ${value}` } }))),
      )
    : next(request);

export const session = (): Parts => ({
  providers: [],
  userName: () => {
    Hub.listen('auth', ({ payload: { event } }) => {
      if (event === 'signedIn') void readUser();
      if (event === 'signedOut' || event === 'tokenRefresh_failure') userName.set(null);
    });
    void readUser();
    return userName;
  },
});
export const withHttp = (): Parts => ({ ...session(), http: [withInterceptors([interceptor])] });
export const guard: CanActivateFn = () =>
  getCurrentUser().then(
    () => true,
    () => false,
  );
export const control = (): Control => ({
  signIn: (tokens: Tokens) => {
    storeForUser(tokens);
    return readUser();
  },
  token,
  onEvent: (count) => Hub.listen('auth', count),
});
