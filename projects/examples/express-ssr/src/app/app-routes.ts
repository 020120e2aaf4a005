import type { Routes } from '@angular/router';
import { signedInGuard } from 'ngx-cognito-session';
import { Account } from './pages/account';
import { Devices } from './pages/devices';
import { Home } from './pages/home';

export const appRoutes: Routes = [
  { path: '', pathMatch: 'full', component: Home },
  { path: 'account', canActivate: [signedInGuard], component: Account },
  { path: 'devices', canActivate: [signedInGuard], component: Devices },
  { path: '**', redirectTo: '' },
];
