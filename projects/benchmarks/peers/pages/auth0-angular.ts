import { withInterceptors } from '@angular/common/http';
import { inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { authGuardFn, authHttpInterceptorFn, AuthService, provideAuth0 } from '@auth0/auth0-angular';
import { combineLatest, filter, firstValueFrom, map } from 'rxjs';
import { API, config, REDIRECT_URI, type Parts, type Providers } from './app';
import type { Control } from './control';
import { leaving } from './leaving';

const providers = (): Providers => [
  provideAuth0({
    domain: config.otherEndpoint,
    issuer: config.issuer,
    clientId: config.clientId,
    authorizationParams: { redirect_uri: REDIRECT_URI },
    useRefreshTokens: true,
    cacheLocation: 'localstorage',
    httpInterceptor: { allowedList: [`${API}/*`] },
  }),
];

const userName = () => {
  const auth = inject(AuthService);
  return toSignal(
    combineLatest([auth.isLoading$, auth.user$]).pipe(
      filter(([isLoading]) => !isLoading),
      map(([, user]) => (user?.['cognito:username'] as string) ?? null),
    ),
  );
};

export const session = (): Parts => ({ providers: providers(), userName });
export const withHttp = (): Parts => ({ ...session(), http: [withInterceptors([authHttpInterceptorFn])] });
export const guard = authGuardFn;
export const control = (): Control => {
  const auth = inject(AuthService);
  return {
    signIn: async () => {
      await firstValueFrom(auth.loginWithRedirect());
      return leaving;
    },
    token: async () => (await firstValueFrom(auth.getAccessTokenSilently())) ?? '',
  };
};
