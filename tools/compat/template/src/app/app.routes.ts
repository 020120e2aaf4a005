import type { Routes } from '@angular/router';
import { signedInGuard } from 'ngx-cognito-session';
import { Account } from './account';
import { Home } from './home';
import { SignIn } from './sign-in';

export const routes: Routes = [
  { path: '', component: Home },
  { path: 'sign-in', component: SignIn },
  { path: 'account', component: Account, canActivate: [signedInGuard] },
];
