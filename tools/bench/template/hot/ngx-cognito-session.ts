import { inject } from '@angular/core';
import {
  provideSession,
  sessionInterceptor,
  SessionService,
  withLocalStorage,
  withTokenInjection,
} from 'ngx-cognito-session';
import { firstValueFrom } from 'rxjs';
import { start } from './app';

declare const BENCH: { region: string; userPoolId: string; clientId: string; endpoint: string };

start(
  () => {
    const session = inject(SessionService);
    return {
      signIn: (tokens) => firstValueFrom(session.setTokens(tokens)),
      token: () => firstValueFrom(session.getAccessToken()),
    };
  },
  sessionInterceptor,
  provideSession(
    BENCH,
    withLocalStorage(),
    withTokenInjection({
      attachTo: ['/api', { url: 'https://api.example.com/public', attach: false }, 'https://api.example.com'],
    }),
  ),
);
