// Compiled in the browser, by what the page has loaded before: the tests need no build of Angular's.
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideRouter, RouterLink, RouterOutlet, type Routes } from '@angular/router';
import {
  provideSession,
  SessionService,
  signedInGuard,
  withLocalStorage,
  withSignInRoute,
} from 'ngx-cognito-session';
import {
  ManagedLogin,
  managedLoginCallback,
  managedLoginTarget,
  withManagedLogin,
} from 'ngx-cognito-session/managed-login';

interface AppConfig {
  readonly region: string;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly endpoint: string;
  readonly logoutPath: string;
}

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
  selector: 'app-problem',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h1>Problem</h1>
    <p role="alert">{{ login.error()?.code }}</p>
    <button type="button" (click)="login.signIn()">Try again</button>
  `,
})
class ProblemPage {
  protected readonly login = inject(ManagedLogin);
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
    <a routerLink="/orders/1">Orders</a>
    <button type="button" (click)="login.signIn()">Sign in here</button>
    <button type="button" (click)="login.signIn({ identityProvider: 'Google', lang: 'de' })">Google</button>
    <button type="button" (click)="login.signOut()">Sign out</button>
    <router-outlet />
  `,
})
class App {
  protected readonly session = inject(SessionService);
  protected readonly login = inject(ManagedLogin);
}

const routes: Routes = [
  { path: '', pathMatch: 'full', component: HomePage },
  { path: 'callback', canActivate: [managedLoginCallback], component: ProblemPage },
  { path: 'orders/:id', canActivate: [signedInGuard], component: OrdersPage },
];

bootstrapApplication(App, {
  providers: [
    provideRouter(routes),
    provideSession(
      () => config,
      withLocalStorage(),
      withManagedLogin(async () => {
        const { endpoint, logoutPath } = await config;
        return { domain: endpoint, logoutUri: `${location.origin}${logoutPath}` };
      }),
      withSignInRoute(managedLoginTarget()),
    ),
  ],
}).catch((error: unknown) => {
  reportError(error);
});
