import { withInterceptors, type HttpInterceptorFn } from '@angular/common/http';
import { signal } from '@angular/core';
import type { CanActivateFn } from '@angular/router';
import { UserManager, WebStorageStateStore, type User } from 'oidc-client-ts';
import { from, switchMap } from 'rxjs';
import { API, authority, config, REDIRECT_URI, type Parts } from './app';
import type { Control } from './control';
import { leaving } from './leaving';

const manager = new UserManager({
  authority,
  client_id: config.clientId,
  redirect_uri: REDIRECT_URI,
  scope: 'openid email profile',
  userStore: new WebStorageStateStore({ store: localStorage }),
});
const userName = signal<string | null | undefined>(undefined);
const show = (user: User | null) => userName.set((user?.profile['cognito:username'] as string) ?? null);

async function token(): Promise<string> {
  const user = await manager.getUser();
  const current = user?.expired === true ? await manager.signinSilent() : user;
  if (!current) throw new Error('Signed out.');
  return current.access_token;
}

const interceptor: HttpInterceptorFn = (request, next) =>
  request.url.startsWith(`${API}/`)
    ? from(token()).pipe(
        switchMap((value) => next(request.clone({ setHeaders: { Authorization: `Bearer ${value}` } }))),
      )
    : next(request);

async function finishSignIn(): Promise<boolean> {
  if (!location.search.includes('code=')) return true;
  await manager.signinRedirectCallback();
  history.replaceState(null, '', location.pathname);
  return true;
}

export const session = (): Parts => ({
  providers: [],
  before: finishSignIn,
  userName: () => {
    manager.events.addUserLoaded(show);
    manager.events.addUserUnloaded(() => show(null));
    token().then(
      async () => show(await manager.getUser()),
      () => show(null),
    );
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
  signIn: async () => {
    await manager.signinRedirect();
    return leaving;
  },
  token,
  onEvent: (count) => manager.events.addUserLoaded(count),
});
