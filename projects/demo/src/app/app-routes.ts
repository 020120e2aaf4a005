import { inject } from '@angular/core';
import type { Route, Routes } from '@angular/router';
import { signedOutGuard } from 'ngx-cognito-session';
import { managedLoginCallback } from 'ngx-cognito-session/managed-login';
import { DEMO_CONFIG } from './config/inject-demo-config';
import { PAGE_GUARDS } from './panels/guards/page-guards';
import type { Panel } from './panels/panel';
import { PANELS } from './panels/panels';

const title = (page: string) => `${page} · ngx-cognito-session`;

const loadSignIn = () => import('./sign-in/sign-in-page').then(({ SignInPage }) => SignInPage);

const routeOf = ({ path, title: name, needsEmulator, load, guard }: Panel): Route => ({
  path,
  title: title(name),
  canActivate: guard === undefined ? [] : [PAGE_GUARDS[guard]],
  loadComponent: async () => {
    const isHere = needsEmulator === undefined || inject(DEMO_CONFIG).emulator === true;
    return isHere ? load() : (await import('./ui/needs-emulator')).NeedsEmulator;
  },
});

export const appRoutes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: 'home' },
  ...PANELS.map(routeOf),
  { path: 'sign-in', title: title('Sign in'), canActivate: [signedOutGuard], loadComponent: loadSignIn },
  // Managed login leads back to it. It shows the sign-in page if the sign-in has failed there.
  {
    path: 'callback',
    title: title('Sign in'),
    canActivate: [managedLoginCallback],
    loadComponent: loadSignIn,
  },
  {
    path: 'denied',
    title: title('No access'),
    loadComponent: () => import('./panels/guards/denied-page').then(({ DeniedPage }) => DeniedPage),
  },
  {
    path: '**',
    title: title('Not found'),
    loadComponent: () => import('./shell/not-found-page').then(({ NotFoundPage }) => NotFoundPage),
  },
];
