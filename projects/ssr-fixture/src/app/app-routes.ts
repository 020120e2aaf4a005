import type { Routes } from '@angular/router';
import { createSessionGuard, groupGuard, signedInGuard, signedOutGuard } from 'ngx-cognito-session';
import { AskEverything } from './pages/ask-everything';
import { Orders } from './pages/orders';
import { Page } from './pages/page';

export const appRoutes: Routes = [
  { path: '', pathMatch: 'full', component: Page, data: { title: 'Home' } },
  { path: 'orders', canActivate: [signedInGuard], component: Orders },
  {
    path: 'lazy',
    canMatch: [signedInGuard],
    loadComponent: () => import('./pages/lazy-page').then(({ LazyPage }) => LazyPage),
  },
  { path: 'admin', canActivate: [groupGuard('admin')], component: Page, data: { title: 'Admin' } },
  {
    path: 'alice',
    canActivate: [createSessionGuard(({ user }) => user.username === 'alice')],
    component: Page,
    data: { title: 'Alice' },
  },
  { path: 'ask', component: AskEverything },
  { path: 'sign-in', canActivate: [signedOutGuard], component: Page, data: { title: 'Sign in' } },
  {
    path: 'start',
    canMatch: [signedInGuard],
    component: Page,
    resolve: { title: () => 'Resolved' },
  },
  { path: 'start', component: Page, data: { title: 'Other' } },
  { path: 'prerendered', canActivate: [signedInGuard], component: Orders },
];
