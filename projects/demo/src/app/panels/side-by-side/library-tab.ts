import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { createEnvironmentInjector, type EnvironmentInjector } from '@angular/core';
import {
  provideSession,
  sessionInterceptor,
  withIndexedDb,
  withTokenInjection,
  type SessionConfig,
} from 'ngx-cognito-session';

/** A tab with a session of its own beside that of the page: another app client, and an interceptor for one URL. */
export function createLibraryTab(
  parent: EnvironmentInjector,
  config: SessionConfig,
  apiUrl: string,
): EnvironmentInjector {
  return createEnvironmentInjector(
    [
      provideSession(config, withIndexedDb(), withTokenInjection({ attachTo: [apiUrl] })),
      provideHttpClient(withInterceptors([sessionInterceptor])),
    ],
    parent,
  );
}
