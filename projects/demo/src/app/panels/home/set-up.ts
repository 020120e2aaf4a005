import { provideHttpClient, withInterceptors } from '@angular/common/http';
import type { ApplicationConfig } from '@angular/core';
import { provideRouter, type Routes } from '@angular/router';
import {
  provideSession,
  sessionInterceptor,
  signedInGuard,
  withLocalStorage,
  withSignInRoute,
  withTokenInjection,
} from 'ngx-cognito-session';

const routes: Routes = [
  {
    path: 'account',
    canActivate: [signedInGuard],
    loadComponent: () => import('../overview/session-summary').then(({ SessionSummary }) => SessionSummary),
  },
];

export const exampleConfig: ApplicationConfig = {
  providers: [
    provideRouter(routes),
    provideHttpClient(withInterceptors([sessionInterceptor])),
    provideSession(
      { region: 'eu-west-1', userPoolId: 'eu-west-1_Example01', clientId: '1example23456789' },
      withLocalStorage(),
      withTokenInjection({ attachTo: ['https://api.example.com'] }),
      withSignInRoute('/sign-in'),
    ),
  ],
};
