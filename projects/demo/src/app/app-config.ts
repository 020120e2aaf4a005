import { provideHttpClient, withInterceptors } from '@angular/common/http';
import {
  inject,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
  type ApplicationConfig,
} from '@angular/core';
import { provideRouter } from '@angular/router';
import {
  provideSession,
  sessionInterceptor,
  withSignInRoute,
  withTokenInjection,
  type SessionFeature,
} from 'ngx-cognito-session';
import { withManagedLogin } from 'ngx-cognito-session/managed-login';
import { appRoutes } from './app-routes';
import type { DemoConfig } from './config/demo-config';
import { DEMO_CONFIG } from './config/inject-demo-config';
import { EventLog } from './events/event-log';
import { watchInterceptor } from './http/watch-interceptor';
import { storageChoice } from './session/chosen-storage';
import { Tabs } from './tabs/tabs';

export function appConfig(config: DemoConfig): ApplicationConfig {
  const { region, userPoolId, clientId, endpoint } = config;
  return {
    providers: [
      provideBrowserGlobalErrorListeners(),
      { provide: DEMO_CONFIG, useValue: config },
      provideRouter(appRoutes),
      provideHttpClient(withInterceptors([sessionInterceptor, watchInterceptor])),
      provideSession(
        { region, userPoolId, clientId, ...(endpoint === undefined ? {} : { endpoint }) },
        withSignInRoute('/sign-in', { afterSignIn: '/overview' }),
        ...featuresOf(config),
      ),
      // Events are not replayed: both listen before the first one.
      provideAppInitializer(() => {
        inject(EventLog);
        inject(Tabs);
      }),
    ],
  };
}

/** What the configuration, and the user's choice of a storage, add. */
function featuresOf({ apiUrl, managedLogin }: DemoConfig): readonly SessionFeature[] {
  return [
    storageChoice().feature(),
    apiUrl === undefined ? null : withTokenInjection({ attachTo: [`${apiUrl}/api`] }),
    managedLogin === undefined ? null : withManagedLogin(managedLogin),
  ].filter((feature) => feature !== null);
}
