import { computed, inject } from '@angular/core';
import { provideSession, SessionService, withLocalStorage, type TokenInput } from 'ngx-cognito-session';
import { firstValueFrom } from 'rxjs';
import { start, type UserName } from './app';

declare const BENCH: { region: string; userPoolId: string; clientId: string };

function userName(): UserName {
  const session = inject(SessionService);
  const signIn = (tokens: TokenInput) => firstValueFrom(session.setTokens(tokens));
  Object.assign(globalThis, { signIn });
  return computed(() => (session.session() === undefined ? undefined : (session.user()?.username ?? null)));
}

start(userName, provideSession(BENCH, withLocalStorage()));
