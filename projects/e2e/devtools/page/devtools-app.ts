// No component: those of a page without Angular's build need a compiler, which a strict policy does not let run.
import { HttpClient, provideHttpClient, withFetch, withInterceptors } from '@angular/common/http';
import { createApplication } from '@angular/platform-browser';
import {
  createAuthFetch,
  provideSession,
  sessionInterceptor,
  SessionService,
  withLocalStorage,
  withTokenInjection,
  type TokenInput,
} from 'ngx-cognito-session';
import { withDevtools } from 'ngx-cognito-session/devtools';

interface AppConfig {
  readonly region: string;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly endpoint: string;
  readonly apiUrl: string;
}

/** What the tests may do in the page besides what a user does. */
export interface DevtoolsApp {
  signIn(tokens: TokenInput): void;
  /** With `HttpClient`. */
  get(url: string): void;
  /** With `createAuthFetch`. */
  fetch(url: string): void;
}

const config = (await (await fetch('/config.json')).json()) as AppConfig;

const app = await createApplication({
  providers: [
    provideHttpClient(withFetch(), withInterceptors([sessionInterceptor])),
    provideSession(
      {
        region: config.region,
        userPoolId: config.userPoolId,
        clientId: config.clientId,
        endpoint: config.endpoint,
        refreshTokenValidityDays: 30,
        rotationGraceSeconds: 30,
        retry: { count: 0 },
      },
      withLocalStorage(),
      withTokenInjection({ attachTo: [`${config.apiUrl}/api`] }),
      withDevtools(),
    ),
  ],
});

const session = app.injector.get(SessionService);
const authFetch = createAuthFetch(session);
const ignore = () => undefined;
const tested: DevtoolsApp = {
  signIn: (tokens) => {
    session.setTokens(tokens);
  },
  get: (url) => {
    app.injector.get(HttpClient).get(url).subscribe({ error: ignore });
  },
  fetch: (url) => {
    authFetch(url).catch(ignore);
  },
};
Object.assign(globalThis, { tested });

const status = document.createElement('p');
status.setAttribute('aria-live', 'polite');
status.id = 'state';
document.querySelector('main')?.append(status);
session.state$.subscribe((state) => {
  status.textContent = 'reason' in state ? `${state.status}: ${state.reason}` : state.status;
});
