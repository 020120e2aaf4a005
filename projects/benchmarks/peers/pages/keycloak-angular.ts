import { withInterceptors } from '@angular/common/http';
import { computed, inject } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import type { CanActivateFn } from '@angular/router';
import {
  createAuthGuard,
  INCLUDE_BEARER_TOKEN_INTERCEPTOR_CONFIG,
  includeBearerTokenInterceptor,
  KEYCLOAK_EVENT_SIGNAL,
  provideKeycloak,
} from 'keycloak-angular';
import Keycloak from 'keycloak-js';
import { API, config, type Parts, type Providers } from './app';
import type { Control } from './control';
import { leaving } from './leaving';

const providers = (): Providers => [
  provideKeycloak({
    config: { oidcProvider: `${config.otherEndpoint}/${config.userPoolId}`, clientId: config.clientId },
    initOptions: {
      onLoad: 'check-sso',
      silentCheckSsoRedirectUri: `${location.origin}/silent.html`,
      responseMode: 'query',
      // Cognito has no frame that reports a sign-out.
      checkLoginIframe: false,
    },
  }),
];

const userName = () => {
  const keycloak = inject(Keycloak);
  const event = inject(KEYCLOAK_EVENT_SIGNAL);
  return computed(() => {
    event();
    return keycloak.authenticated ? ((keycloak.tokenParsed?.['username'] as string) ?? null) : null;
  });
};

export const session = (): Parts => ({ providers: providers(), userName });
export const withHttp = (): Parts => ({
  providers: [
    ...providers(),
    { provide: INCLUDE_BEARER_TOKEN_INTERCEPTOR_CONFIG, useValue: [{ urlPattern: new RegExp(`^${API}`) }] },
  ],
  userName,
  http: [withInterceptors([includeBearerTokenInterceptor])],
});
export const guard = createAuthGuard<CanActivateFn>((_route, _state, { authenticated }) =>
  Promise.resolve(authenticated),
);
export const control = (): Control => {
  const keycloak = inject(Keycloak);
  const events$ = toObservable(inject(KEYCLOAK_EVENT_SIGNAL));
  return {
    signIn: async () => {
      await keycloak.login();
      return leaving;
    },
    token: async () => {
      await keycloak.updateToken();
      return keycloak.token ?? '';
    },
    onEvent: (count) => events$.subscribe(count),
  };
};
