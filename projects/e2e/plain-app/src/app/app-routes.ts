import { inject } from '@angular/core';
import type { Routes } from '@angular/router';
import { signedInGuard, signedOutGuard } from 'ngx-cognito-session';
import { DemoConfigSource } from './config/demo-config-source';

const title = (page: string) => `${page} · ngx-cognito-session demo`;

export const appRoutes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    title: title('Session'),
    loadComponent: () => import('./session/session-page').then(({ SessionPage }) => SessionPage),
  },
  {
    path: 'sign-in',
    title: title('Sign in'),
    canActivate: [signedOutGuard],
    loadComponent: () => import('./sign-in/sign-in-page').then(({ SignInPage }) => SignInPage),
  },
  {
    path: 'api-call',
    title: title('API call'),
    loadComponent: () => import('./api-call/api-call-page').then(({ ApiCallPage }) => ApiCallPage),
  },
  {
    path: 'orders',
    title: title('Orders'),
    canActivate: [signedInGuard],
    loadComponent: () => import('./orders/orders-page').then(({ OrdersPage }) => OrdersPage),
  },
  {
    path: 'aws',
    title: title('AWS credentials'),
    loadChildren: async () => {
      // The configuration first: the page is provided with what is in it.
      const config = await inject(DemoConfigSource).loaded;
      return (await import('./aws/aws-routes')).awsRoutes(config);
    },
  },
  {
    path: 'events',
    title: title('Events'),
    loadComponent: () => import('./events/events-page').then(({ EventsPage }) => EventsPage),
  },
  {
    path: '**',
    title: title('Not found'),
    loadComponent: () => import('./shell/not-found-page').then(({ NotFoundPage }) => NotFoundPage),
  },
];
