import { provideHttpClient, withFetch, withInterceptors } from '@angular/common/http';
import { provideBrowserGlobalErrorListeners, type ApplicationConfig } from '@angular/core';
import { provideClientHydration } from '@angular/platform-browser';
import { provideRouter } from '@angular/router';
import { sessionInterceptor, withSignInRoute } from 'ngx-cognito-session';
import { provideServerSession } from 'ngx-cognito-session/server-session';
import { appRoutes } from './app-routes';
import { signInTarget } from './sign-in-target';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideClientHydration(),
    provideRouter(appRoutes),
    provideHttpClient(withFetch(), withInterceptors([sessionInterceptor])),
    provideServerSession({ leaveAtSignOut: true }, withSignInRoute(signInTarget)),
  ],
};
