import { inject, provideEnvironmentInitializer } from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import {
  provideSession,
  SessionService,
  TOKEN_REFRESHER,
  withIndexedDb,
  withLocalStorage,
  withSessionStorage,
} from 'ngx-cognito-session';
import { NEVER, of } from 'rxjs';

const query = new URLSearchParams(location.search);
const storages = { withIndexedDb, withLocalStorage, withSessionStorage };
const isStorage = (name: string): name is keyof typeof storages => name in storages;
const storage = query.get('storage') ?? '';

const shown = document.createElement('p');
shown.role = 'status';
document.body.append(shown);

createApplication({
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
          document.body.dataset['revoked'] = 'yes';
          return of(undefined);
        },
      },
    },
    provideEnvironmentInitializer(() => {
      const session = inject(SessionService);
      Object.assign(globalThis, { session });
      session.state$.subscribe(({ status }) => (shown.textContent = status));
      if (!query.has('signOut')) return;
      // As on a page that does nothing but sign out and go to managed login.
      session.signOut();
      location.href = 'about:blank';
    }),
  ],
}).catch((error: unknown) => {
  console.error(error);
});
