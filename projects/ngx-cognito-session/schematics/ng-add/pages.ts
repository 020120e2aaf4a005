import type { Rule } from '@angular-devkit/schematics';
import type { TargetApp } from '../app/target-app';
import { createFiles } from '../edit/create-files';
import type { NewRoute } from '../edit/routes';
import type { Report } from '../report/report';
import type { SignInWay } from './options';

const LIBRARY = 'ngx-cognito-session';

/** The pages of an app with managed login or a server session; those with a form come from the schematic `sign-in`. */
const SIGN_IN_FILES: Readonly<Record<Exclude<SignInWay, 'form'>, string>> = {
  'managed-login': './files/managed-sign-in',
  'server-session': './files/server-sign-in',
};

/** By what a sign-in page of each kind is told from the others. */
const SIGN_IN_MARKS: Readonly<Record<SignInWay, string>> = {
  'managed-login': `${LIBRARY}/managed-login`,
  form: './cognito-sign-in',
  'server-session': '/auth/login',
};

interface PageOptions {
  readonly signIn: SignInWay;
  readonly skipTests: boolean;
}

/** Creates the guarded example page and the page with the sign-in. */
export function createPages(app: TargetApp, { signIn, skipTests }: PageOptions, report: Report): Rule[] {
  const names = { prefix: app.prefix, signIn };
  const create = (files: string, folder: string) =>
    createFiles({ files, folder: `${app.appFolder}/${folder}`, names, skipTests }, report);
  const account = create('./files/account', 'account');
  return signIn === 'form' ? [account] : [account, create(SIGN_IN_FILES[signIn], 'sign-in')];
}

const start: NewRoute = {
  path: '',
  onlyIfFirst: true,
  imports: [],
  code: () => `{ path: '', pathMatch: 'full', redirectTo: 'sign-in' }`,
};

/** The routes to these pages. Pure. */
export function routesFor({ appFolder }: TargetApp, signIn: SignInWay): readonly NewRoute[] {
  const page = { name: 'SignIn', from: `${appFolder}/sign-in/sign-in.ts`, mark: SIGN_IN_MARKS[signIn] };
  const accountPage = { name: 'Account', from: `${appFolder}/account/account.ts`, mark: LIBRARY };
  const account: NewRoute = {
    path: 'account',
    page: accountPage,
    imports: [{ name: 'signedInGuard', from: LIBRARY }],
    code: (local, file) => `{
    path: 'account',
    canActivate: [${local('signedInGuard')}],
    loadComponent: () => import('${file(accountPage.from)}').then((m) => m.Account),
  }`,
  };
  if (signIn === 'form') {
    // Not lazy: when a session ends, the page of the user would stay until the file has arrived.
    const form: NewRoute = {
      path: 'sign-in',
      page,
      imports: [page, { name: 'signedOutGuard', from: LIBRARY }],
      code: (local) =>
        `{ path: 'sign-in', component: ${local('SignIn')}, canActivate: [${local('signedOutGuard')}] }`,
    };
    return [start, form, account];
  }
  const signInRoute: NewRoute = {
    path: 'sign-in',
    page,
    imports: [page],
    code: (local) => `{ path: 'sign-in', component: ${local('SignIn')} }`,
  };
  if (signIn === 'server-session') return [start, signInRoute, account];
  const callback: NewRoute = {
    path: 'callback',
    page,
    imports: [page, { name: 'managedLoginCallback', from: `${LIBRARY}/managed-login` }],
    code: (local) =>
      `{ path: 'callback', component: ${local('SignIn')}, canActivate: [${local('managedLoginCallback')}] }`,
  };
  return [start, callback, signInRoute, account];
}
