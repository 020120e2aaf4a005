import { withInterceptorsFromDi } from '@angular/common/http';
import { inject, provideAppInitializer, signal } from '@angular/core';
import type { CanActivateFn } from '@angular/router';
import { OAuthService, OAuthStorage, provideOAuthClient } from 'angular-oauth2-oidc';
import { API, authority, config, REDIRECT_URI, type Parts, type Providers } from './app';
import type { Control } from './control';
import { leaving } from './leaving';

const providers = (isWithHttp: boolean): Providers => [
  provideOAuthClient(
    isWithHttp ? { resourceServer: { allowedUrls: [API], sendAccessToken: true } } : undefined,
  ),
  { provide: OAuthStorage, useValue: localStorage },
  provideAppInitializer(async () => {
    const oauth = inject(OAuthService);
    oauth.configure({
      issuer: config.issuer,
      clientId: config.clientId,
      redirectUri: REDIRECT_URI,
      responseType: 'code',
      scope: 'openid email profile',
      requireHttps: false,
      strictDiscoveryDocumentValidation: false,
      // Cognito's ID tokens of a refresh have no `at_hash`.
      disableAtHashCheck: true,
    });
    oauth.setupAutomaticSilentRefresh();
    await oauth.loadDiscoveryDocument(`${authority}/.well-known/openid-configuration`);
    await oauth.tryLogin();
    if (!oauth.hasValidAccessToken() && oauth.getRefreshToken()) await oauth.refreshToken().catch(() => null);
  }),
];

const userName = () => {
  const oauth = inject(OAuthService);
  const read = (): string | null =>
    oauth.hasValidAccessToken() ? (oauth.getIdentityClaims()?.['cognito:username'] ?? null) : null;
  const name = signal(read());
  oauth.events.subscribe(() => name.set(read()));
  return name;
};

export const session = (): Parts => ({ providers: providers(false), userName });
export const withHttp = (): Parts => ({
  providers: providers(true),
  userName,
  http: [withInterceptorsFromDi()],
});
export const guard: CanActivateFn = () => inject(OAuthService).hasValidAccessToken();
export const control = (): Control => {
  const oauth = inject(OAuthService);
  return {
    signIn: () => {
      oauth.initCodeFlow();
      return leaving;
    },
    token: async () => {
      if (!oauth.hasValidAccessToken()) await oauth.refreshToken();
      return oauth.getAccessToken();
    },
    onEvent: (count) => oauth.events.subscribe(count),
  };
};
