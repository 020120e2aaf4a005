import { provideHttpClient, withFetch, withInterceptors } from '@angular/common/http';
import type { ApplicationConfig } from '@angular/core';
import { provideBrowserGlobalErrorListeners } from '@angular/core';
import { provideClientHydration } from '@angular/platform-browser';
import { provideRouter, withEnabledBlockingInitialNavigation } from '@angular/router';
import {
  provideSession,
  sessionInterceptor,
  withServerRendering,
  withSignInRoute,
  withTokenInjection,
} from 'ngx-cognito-session';
import { appRoutes } from './app-routes';
import { chosenStorage } from './chosen-storage';
import { FIXTURE_SETTINGS } from './fixture-settings-token';
import type { FixtureSettings } from './fixture-settings';
import { verification } from './verification';

export function appConfig(settings: FixtureSettings): ApplicationConfig {
  const { region, userPoolId, clientId, endpoint, apiUrl, guards, onServer = false } = settings;
  return {
    providers: [
      provideBrowserGlobalErrorListeners(),
      { provide: FIXTURE_SETTINGS, useValue: settings },
      provideClientHydration(),
      provideRouter(
        appRoutes,
        ...(settings.blocking === true ? [withEnabledBlockingInitialNavigation()] : []),
      ),
      provideHttpClient(withFetch(), withInterceptors([sessionInterceptor])),
      provideSession(
        { region, userPoolId, clientId, endpoint },
        ...chosenStorage(settings),
        ...(settings.verifies === true ? [verification(settings)] : []),
        ...(guards === undefined ? [] : [withServerRendering({ guards })]),
        withTokenInjection({ attachTo: [{ url: apiUrl, onServer }] }),
        withSignInRoute('/sign-in', { afterSignIn: '/' }),
      ),
    ],
  };
}
