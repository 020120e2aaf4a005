import './global-shim';
import { withInterceptors, type HttpInterceptorFn } from '@angular/common/http';
import { signal } from '@angular/core';
import type { CanActivateFn } from '@angular/router';
import { CognitoUserPool, type CognitoUserSession } from 'amazon-cognito-identity-js';
import { from, switchMap } from 'rxjs';
import { API, config, type Parts } from './app';
import type { Control } from './control';
import { storeForUser } from './stored-tokens';

const pool = new CognitoUserPool({
  UserPoolId: config.userPoolId,
  ClientId: config.clientId,
  endpoint: config.endpoint,
});
const userName = signal<string | null | undefined>(undefined);

async function token(): Promise<string> {
  const user = pool.getCurrentUser();
  if (user === null) throw new Error('Signed out.');
  const session = await new Promise<CognitoUserSession>((resolve, reject) => {
    user.getSession((error: Error | null, found: CognitoUserSession | null) =>
      found === null ? reject(error ?? new Error('Signed out.')) : resolve(found),
    );
  });
  return session.getAccessToken().getJwtToken();
}

const readUser = () =>
  token().then(
    () => userName.set(pool.getCurrentUser()?.getUsername() ?? null),
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
    void readUser();
    return userName;
  },
});
export const withHttp = (): Parts => ({ ...session(), http: [withInterceptors([interceptor])] });
export const guard: CanActivateFn = () =>
  token().then(
    () => true,
    () => false,
  );
export const control = (): Control => ({
  signIn: (tokens) => {
    storeForUser(tokens);
    return readUser();
  },
  token,
});
