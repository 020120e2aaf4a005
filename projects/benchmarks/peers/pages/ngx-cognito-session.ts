import { withInterceptors } from '@angular/common/http';
import { computed, inject } from '@angular/core';
import {
  provideSession,
  sessionInterceptor,
  SessionService,
  signedInGuard,
  withLocalStorage,
  withTokenInjection,
} from 'ngx-cognito-session';
import { firstValueFrom } from 'rxjs';
import { API, config, type Parts } from './app';
import type { Control } from './control';

const pool = {
  region: config.region,
  userPoolId: config.userPoolId,
  clientId: config.clientId,
  endpoint: config.endpoint,
};

const userName = () => {
  const session = inject(SessionService);
  return computed(() => (session.session() === undefined ? undefined : (session.user()?.username ?? null)));
};

export const session = (): Parts => ({ providers: [provideSession(pool, withLocalStorage())], userName });
export const withHttp = (): Parts => ({
  providers: [provideSession(pool, withLocalStorage(), withTokenInjection({ attachTo: [API] }))],
  userName,
  http: [withInterceptors([sessionInterceptor])],
});
export const guard = signedInGuard;
export const control = (): Control => {
  const session = inject(SessionService);
  return {
    signIn: (tokens) => firstValueFrom(session.setTokens(tokens)),
    token: () => firstValueFrom(session.getAccessToken()),
    onEvent: (count) => session.events$.subscribe(count),
  };
};
