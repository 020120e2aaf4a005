import { withInterceptors } from '@angular/common/http';
import { inject, signal, ɵɵdefineInjectable } from '@angular/core';
import { AbstractOidcService } from 'oidc-spa/angular';
import { oidcEarlyInit } from 'oidc-spa/entrypoint';
import { API, authority, config, type Parts, type Providers } from './app';
import type { Control } from './control';
import { leaving } from './leaving';

class Oidc extends AbstractOidcService {
  static ɵfac = () => new Oidc();
  static ɵprov = ɵɵdefineInjectable({ token: Oidc, factory: Oidc.ɵfac, providedIn: 'root' });
}

const providers = (): Providers => [
  Oidc.provide({ issuerUri: authority, clientId: config.clientId, scopes: ['email', 'profile'] }),
];

const userName = () => {
  const oidc = inject(Oidc);
  const name = signal<string | null>(null);
  if (oidc.isUserLoggedIn) name.set((oidc.$decodedIdToken()['cognito:username'] as string) ?? null);
  return name;
};

const before = () => {
  const { shouldLoadApp } = oidcEarlyInit({ BASE_URL: new URL(document.baseURI).pathname });
  return Promise.resolve(shouldLoadApp);
};

export const session = (): Parts => ({ providers: providers(), userName, before });
export const withHttp = (): Parts => ({
  ...session(),
  http: [
    withInterceptors([
      Oidc.createBearerInterceptor({ shouldInjectAccessToken: ({ url }) => url.startsWith(`${API}/`) }),
    ]),
  ],
});
export const guard = Oidc.enforceLoginGuard;
export const control = (): Control => {
  const oidc = inject(Oidc);
  return {
    // The hidden frame has signed the user in already: a new session needs a new page.
    signIn: () => {
      if (oidc.isUserLoggedIn) location.reload();
      else void oidc.login();
      return leaving;
    },
    token: async () => (await oidc.getAccessToken()).accessToken ?? '',
    onEvent: (count) => (oidc.isUserLoggedIn ? oidc.accessTokenRotation$.subscribe(count) : null),
  };
};
