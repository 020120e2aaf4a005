import { withInterceptors } from '@angular/common/http';
import { computed, inject } from '@angular/core';
import type { CanActivateFn } from '@angular/router';
import {
  AbstractSecurityStorage,
  authInterceptor,
  DefaultLocalStorageService,
  OidcSecurityService,
  provideAuth,
  PublicEventsService,
  withAppInitializerAuthCheck,
} from 'angular-auth-oidc-client';
import { firstValueFrom } from 'rxjs';
import { API, authority, config, REDIRECT_URI, type Parts, type Providers } from './app';
import type { Control } from './control';
import { leaving } from './leaving';

const providers = (): Providers => [
  provideAuth(
    {
      config: {
        authority: config.issuer,
        authWellknownEndpointUrl: `${authority}/.well-known/openid-configuration`,
        strictIssuerValidationOnWellKnownRetrievalOff: true,
        redirectUrl: REDIRECT_URI,
        clientId: config.clientId,
        scope: 'openid email profile',
        responseType: 'code',
        silentRenew: true,
        useRefreshToken: true,
        // Cognito's discovery document may name no user info endpoint.
        autoUserInfo: false,
        ignoreNonceAfterRefresh: true,
        triggerAuthorizationResultEvent: true,
        secureRoutes: [API],
      },
    },
    withAppInitializerAuthCheck(),
  ),
  { provide: AbstractSecurityStorage, useClass: DefaultLocalStorageService },
];

const userName = () => {
  const oidc = inject(OidcSecurityService);
  return computed(() =>
    oidc.authenticated().isAuthenticated ? ((oidc.userData().userData?.username as string) ?? 'alice') : null,
  );
};

export const session = (): Parts => ({ providers: providers(), userName });
export const withHttp = (): Parts => ({ ...session(), http: [withInterceptors([authInterceptor()])] });
export const guard: CanActivateFn = () => inject(OidcSecurityService).isAuthenticated();
export const control = (): Control => {
  const oidc = inject(OidcSecurityService);
  const events = inject(PublicEventsService);
  let known = { token: '', expiresAt: 0 };
  const expiryOf = async (token: string) => {
    if (known.token !== token) {
      const { exp } = await firstValueFrom(oidc.getPayloadFromAccessToken());
      known = { token, expiresAt: exp * 1000 };
    }
    return known.expiresAt;
  };
  return {
    signIn: () => {
      oidc.authorize();
      return leaving;
    },
    // `getAccessToken` also gives an expired token: the library refreshes by a timer.
    token: async () => {
      const token = await firstValueFrom(oidc.getAccessToken());
      if (Date.now() < (await expiryOf(token))) return token;
      return (await firstValueFrom(oidc.forceRefreshSession())).accessToken;
    },
    onEvent: (count) => events.registerForEvents().subscribe(count),
  };
};
