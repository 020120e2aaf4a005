import { provideHttpClient, withInterceptors } from '@angular/common/http';
import type { ApplicationConfig } from '@angular/core';
import { provideRouter } from '@angular/router';
import {
  consoleLogger,
  provideSession,
  sessionInterceptor,
  withLocalStorage,
  withLogger,
  withSignInRoute,
  withTokenInjection,
} from 'ngx-cognito-session';
import { routes } from './app.routes';

export const appConfig: ApplicationConfig = {
  providers: [
    provideRouter(routes),
    provideHttpClient(withInterceptors([sessionInterceptor])),
    provideSession(
      { region: 'eu-west-1', userPoolId: 'eu-west-1_Example01', clientId: '1example23456789' },
      withLocalStorage(),
      withTokenInjection({ attachTo: ['https://api.example.com'] }),
      withSignInRoute('/sign-in'),
      withLogger(consoleLogger()),
    ),
  ],
};
