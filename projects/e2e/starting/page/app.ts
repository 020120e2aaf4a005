// Compiled in the browser, by what the page has loaded before: the tests need no build of Angular's.
import { ChangeDetectionStrategy, Component, inject, provideEnvironmentInitializer } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import {
  provideSession,
  SessionService,
  TOKEN_REFRESHER,
  withCookieStorage,
  withIndexedDb,
  withLocalStorage,
  withSessionStorage,
} from 'ngx-cognito-session';
import { NEVER, of } from 'rxjs';

const query = new URLSearchParams(location.search);
const storages = { withCookieStorage, withIndexedDb, withLocalStorage, withSessionStorage };
const isStorage = (name: string): name is keyof typeof storages => name in storages;
const storage = query.get('storage') ?? '';

@Component({
  selector: 'app-root',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '<p role="status">{{ session.state().status }}</p>',
})
class App {
  protected readonly session = inject(SessionService);
}

bootstrapApplication(App, {
  providers: [
    provideSession(
      { region: 'eu-west-1', clientId: 'test-client' },
      ...(isStorage(storage) ? [storages[storage]()] : []),
    ),
    {
      provide: TOKEN_REFRESHER,
      useValue: {
        refresh: () => NEVER,
        revoke: () => {
          localStorage.setItem('revoked', 'yes');
          return of(undefined);
        },
      },
    },
    provideEnvironmentInitializer(() => {
      const session = inject(SessionService);
      Object.assign(globalThis, { session });
      if (!query.has('signOut')) return;
      // As on a page that does nothing but sign out and go to managed login.
      session.signOut();
      location.href = 'about:blank';
    }),
  ],
}).catch((error: unknown) => {
  reportError(error);
});
