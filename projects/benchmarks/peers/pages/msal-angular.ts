import { HTTP_INTERCEPTORS, withInterceptorsFromDi } from '@angular/common/http';
import { inject, provideAppInitializer, signal } from '@angular/core';
import {
  MSAL_GUARD_CONFIG,
  MSAL_INSTANCE,
  MSAL_INTERCEPTOR_CONFIG,
  MsalBroadcastService,
  MsalGuard,
  MsalInterceptor,
  MsalService,
} from '@azure/msal-angular';
import {
  BrowserCacheLocation,
  InteractionType,
  ProtocolMode,
  PublicClientApplication,
  type IPublicClientApplication,
} from '@azure/msal-browser';
import { firstValueFrom } from 'rxjs';
import type { CanActivateFn } from '@angular/router';
import { API, config, REDIRECT_URI, type Parts, type Providers } from './app';
import type { Control } from './control';
import { leaving } from './leaving';

const SCOPES = ['openid', 'email', 'profile'];
/** An authority has to have https. The metadata say where the stub is. */
const AUTHORITY_HOST = 'login.example.com';

const instance = (): IPublicClientApplication =>
  new PublicClientApplication({
    auth: {
      clientId: config.clientId,
      authority: `https://${AUTHORITY_HOST}/`,
      knownAuthorities: [AUTHORITY_HOST],
      authorityMetadata: JSON.stringify({
        issuer: `https://${AUTHORITY_HOST}/`,
        authorization_endpoint: `${config.endpoint}/oauth2/authorize`,
        token_endpoint: `${config.endpoint}/oauth2/token`,
        end_session_endpoint: `${config.endpoint}/logout`,
        jwks_uri: `${config.endpoint}/${config.userPoolId}/.well-known/jwks.json`,
      }),
      redirectUri: REDIRECT_URI,
      // Cognito answers in the query.
      OIDCOptions: { responseMode: 'query', defaultScopes: SCOPES },
    },
    cache: { cacheLocation: BrowserCacheLocation.LocalStorage },
    system: { protocolMode: ProtocolMode.OIDC },
  });

const providers = (isWithHttp: boolean): Providers => [
  { provide: MSAL_INSTANCE, useFactory: instance },
  MsalService,
  MsalBroadcastService,
  provideAppInitializer(async () => {
    const msal = inject(MsalService);
    await firstValueFrom(msal.initialize());
    // `handleRedirectObservable` reads the fragment only.
    await msal.instance.handleRedirectPromise();
  }),
  isWithHttp
    ? [
        { provide: HTTP_INTERCEPTORS, useClass: MsalInterceptor, multi: true },
        {
          provide: MSAL_INTERCEPTOR_CONFIG,
          useValue: {
            interactionType: InteractionType.Redirect,
            protectedResourceMap: new Map([[`${API}/*`, SCOPES]]),
            strictMatching: true,
          },
        },
        MsalGuard,
        { provide: MSAL_GUARD_CONFIG, useValue: { interactionType: InteractionType.Redirect } },
      ]
    : [],
];

const userName = () => {
  const { instance } = inject(MsalService);
  const read = () => (instance.getAllAccounts()[0]?.idTokenClaims?.['cognito:username'] as string) ?? null;
  const name = signal<string | null>(read());
  inject(MsalBroadcastService).msalSubject$.subscribe(() => name.set(read()));
  return name;
};

export const session = (): Parts => ({ providers: providers(false), userName });
export const withHttp = (): Parts => ({
  providers: providers(true),
  userName,
  http: [withInterceptorsFromDi()],
});
export const guard: CanActivateFn = (route, state) => inject(MsalGuard).canActivate(route, state);
export const control = (): Control => {
  const { instance } = inject(MsalService);
  const broadcast = inject(MsalBroadcastService);
  return {
    signIn: async () => {
      await instance.loginRedirect({ scopes: SCOPES });
      return leaving;
    },
    token: async () => {
      const [account] = instance.getAllAccounts();
      return (await instance.acquireTokenSilent({ account, scopes: SCOPES })).accessToken;
    },
    onEvent: (count) => broadcast.msalSubject$.subscribe(count),
  };
};
