// Compiled in the browser, by what the page has loaded before: the tests need no build of Angular's.
import { provideHttpClient, withInterceptors } from '@angular/common/http';
import {
  ChangeDetectionStrategy,
  Component,
  inject,
  mergeApplicationConfig,
  provideEnvironmentInitializer,
  type ApplicationConfig,
} from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideSession, sessionInterceptor, SessionService, withLocalStorage } from 'ngx-cognito-session';
import { provideSessionTesting, SessionTestingController } from 'ngx-cognito-session/testing';

/** The app's own. */
const appConfig: ApplicationConfig = {
  providers: [
    provideSession({ region: 'eu-west-1', clientId: '1example23456789' }, withLocalStorage()),
    provideHttpClient(withInterceptors([sessionInterceptor])),
  ],
};

const endToEndConfig = mergeApplicationConfig(appConfig, {
  providers: [
    provideSessionTesting({ user: { username: 'carol' }, startTime: Date.now() }),
    provideEnvironmentInitializer(() => {
      Object.assign(globalThis, { sessionTesting: inject(SessionTestingController) });
    }),
  ],
});

@Component({
  selector: 'app-root',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<p role="status">{{ session.state().status }} {{ session.user()?.username }}</p>`,
})
class App {
  protected readonly session = inject(SessionService);
}

bootstrapApplication(App, endToEndConfig).catch((error: unknown) => {
  console.error(error);
});
