import { provideHttpClient, withInterceptors } from '@angular/common/http';
import type { ApplicationRef, Type } from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import { sessionInterceptor } from 'ngx-cognito-session';
import { provideServerSession } from 'ngx-cognito-session/server-session';

/**
 * An Angular app whose session is on the server. Its components use the same `SessionService` as others. It has an injector of its own,
 * because an app has either `provideSession` or `provideServerSession`.
 */
export async function createServerSessionApp(
  root: Type<unknown>,
  host: HTMLElement,
): Promise<ApplicationRef> {
  const app = await createApplication({
    providers: [
      provideServerSession({ basePath: '/server/auth' }),
      // Marks calls to this origin, which the server requires. It adds no token: the browser has none.
      provideHttpClient(withInterceptors([sessionInterceptor])),
    ],
  });
  app.bootstrap(root, host);
  return app;
}
