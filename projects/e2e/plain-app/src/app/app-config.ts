import { provideHttpClient, withInterceptors } from '@angular/common/http';
import {
  inject,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
  type ApplicationConfig,
} from '@angular/core';
import { provideRouter, withInMemoryScrolling } from '@angular/router';
import {
  provideSession,
  sessionInterceptor,
  withLocalStorage,
  withSignInRoute,
  withTokenInjection,
} from 'ngx-cognito-session';
import { withAwsSdk } from 'ngx-cognito-session/aws-sdk';
import { appRoutes } from './app-routes';
import { DemoConfigSource } from './config/demo-config-source';
import { EventLog } from './events/event-log';

export function appConfig(source: DemoConfigSource): ApplicationConfig {
  return {
    providers: [
      provideBrowserGlobalErrorListeners(),
      { provide: DemoConfigSource, useValue: source },
      provideRouter(appRoutes, withInMemoryScrolling({ scrollPositionRestoration: 'enabled' })),
      provideHttpClient(withInterceptors([sessionInterceptor])),
      provideSession(
        async () => {
          const { region, userPoolId, clientId, endpoint } = await source.loaded;
          return { region, userPoolId, clientId, ...(endpoint === undefined ? {} : { endpoint }) };
        },
        withAwsSdk(),
        withLocalStorage(),
        // A predicate, because the address is known at run time only.
        withTokenInjection({ attachTo: [(request) => source.isApiUrl(request.url)] }),
        withSignInRoute('/sign-in', { afterSignIn: '/' }),
      ),
      // Events are not replayed: the log has to listen before the first one.
      provideAppInitializer(() => void inject(EventLog)),
    ],
  };
}
