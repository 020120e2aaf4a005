// Compiled in the browser, by what the page has loaded before: the tests need no build of Angular's.
import { ChangeDetectionStrategy, Component, DOCUMENT, inject, Injector } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideRouter, Router, RouterLink, RouterOutlet, type Routes } from '@angular/router';
import {
  consumeReturnUrl,
  groupGuard,
  provideSession,
  SessionService,
  signedInGuard,
  withLocalStorage,
  withSignInRoute,
  type TokenInput,
} from 'ngx-cognito-session';
import { firstValueFrom } from 'rxjs';

interface AppConfig {
  readonly region: string;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly endpoint: string;
}

const VERIFIER = 'pkce-verifier';
const config: Promise<AppConfig> = fetch('/config.json').then(
  async (response) => (await response.json()) as AppConfig,
);

@Component({
  selector: 'app-home',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '<h1>Home</h1>',
})
class HomePage {}

@Component({
  selector: 'app-orders',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '<h1>Orders</h1>',
})
class OrdersPage {}

@Component({
  selector: 'app-none',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '<h1>No such page</h1>',
})
class NoPage {}

/** Where managed login comes back. */
@Component({
  selector: 'app-callback',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '<h1>One moment</h1>',
})
class CallbackPage {
  private readonly session = inject(SessionService);
  private readonly router = inject(Router);
  private readonly injector = inject(Injector);
  private readonly location = inject(DOCUMENT).location;

  constructor() {
    void this.finish();
  }

  private async finish(): Promise<void> {
    const { endpoint, clientId } = await config;
    const response = await fetch(`${endpoint}/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: clientId,
        redirect_uri: `${this.location.origin}/callback`,
        code: new URLSearchParams(this.location.search).get('code') ?? '',
        code_verifier: sessionStorage.getItem(VERIFIER) ?? '',
      }),
    });
    await firstValueFrom(this.session.setTokens((await response.json()) as TokenInput));
    await this.router.navigateByUrl(consumeReturnUrl({ injector: this.injector }) ?? '/');
  }
}

@Component({
  selector: 'app-root',
  imports: [RouterLink, RouterOutlet],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <p role="status">
      @if (session.session(); as current) {
        Signed in as {{ current.user.username }}
      } @else if (session.session() === null) {
        Signed out
      }
    </p>
    <a routerLink="/reports">Reports</a>
    <a routerLink="/audit">Audit</a>
    <router-outlet />
  `,
})
class App {
  protected readonly session = inject(SessionService);
}

/** Leaves for managed login; the page is gone before anything else happens. */
async function leave(): Promise<void> {
  const { endpoint, clientId } = await config;
  const verifier = Array.from(crypto.getRandomValues(new Uint8Array(48)), (byte) =>
    (byte % 36).toString(36),
  ).join('');
  sessionStorage.setItem(VERIFIER, verifier);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: `${location.origin}/callback`,
    scope: 'openid aws.cognito.signin.user.admin',
    code_challenge_method: 'S256',
    code_challenge: btoa(String.fromCharCode(...hash)).replace(
      /[+/=]/g,
      (sign) => ({ '+': '-', '/': '_' })[sign] ?? '',
    ),
  });
  location.assign(`${endpoint}/oauth2/authorize?${query.toString()}`);
}

const reports = () => import('./reports-page').then(({ ReportsPage }) => ReportsPage);

const routes: Routes = [
  { path: '', pathMatch: 'full', component: HomePage },
  { path: 'callback', component: CallbackPage },
  { path: 'orders/:id', canActivate: [signedInGuard], component: OrdersPage },
  { path: 'reports', canMatch: [groupGuard('editors')], loadComponent: reports },
  { path: 'audit', canMatch: [groupGuard('auditors')], loadComponent: reports },
  { path: '**', component: NoPage },
];

bootstrapApplication(App, {
  providers: [
    provideRouter(routes),
    provideSession(
      () => config,
      withLocalStorage(),
      withSignInRoute(() => {
        void leave();
        return false;
      }),
    ),
  ],
}).catch((error: unknown) => {
  reportError(error);
});
