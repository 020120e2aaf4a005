import { makeEnvironmentProviders, type EnvironmentProviders } from '@angular/core';
import { ɵtokenlessProviders, ɵTOKENLESS_SOURCE, type SessionFeature } from 'ngx-cognito-session';
import { checkedBasePath, OPTIONS, type ResolvedOptions } from './options';
import { PageWatch } from './page-watch';
import { RenderedSession } from './rendered-session';
import { SeenSession } from './seen-session';
import { CSRF_HEADER, ServerRoutes } from './server-routes';
import { ServerSessionSource } from './server-session-source';
import { ServerSignOut } from './server-sign-out';
import { SessionLook } from './session-look';
import { TabHints } from './tab-hints';

/** Options of `provideServerSession`. */
export interface ServerSessionOptions {
  /** Where the routes of `cognito-server-session` are: its own option `basePath`. Default `/auth`. */
  basePath?: string;
  /**
   * Whether `signOut()` goes on to managed login's own sign-out, which leads back to the app. Guards wait until the server has
   * answered, and then leave the page to it. Without it managed login remembers the user, and the next sign-in may need no
   * password. Default false. Set it for an app that signs in with managed login.
   */
  leaveAtSignOut?: boolean;
}

/**
 * Provides a session that `cognito-server-session` keeps: tokens stay on the server, and the browser has claims alone. The same
 * `SessionService`, guards, signals and events as with `provideSession`. The state comes from the server's route `GET session`,
 * or immediately from the page that the server has rendered. Bootstrap does not wait for it. It registers neither `HttpClient`
 * nor an interceptor: `sessionInterceptor` marks calls to this origin with the header that the server requires.
 *
 * `getAccessToken`, `getIdToken`, `getTokens` and `setTokens` fail with `tokensOnServer`. `forceRefresh` asks the server again.
 * Features that store, send or refresh tokens have no effect. Throws `invalidConfiguration` for a malformed `basePath`.
 *
 * ```ts
 * bootstrapApplication(App, {
 *   providers: [
 *     provideServerSession({ basePath: '/auth' }, withSignInRoute(serverSignIn())),
 *     provideHttpClient(withInterceptors([sessionInterceptor])),
 *   ],
 * });
 * ```
 */
export function provideServerSession(
  { basePath = '/auth', leaveAtSignOut = false }: ServerSessionOptions = {},
  ...features: SessionFeature[]
): EnvironmentProviders {
  const path = checkedBasePath(basePath);
  const options: ResolvedOptions = {
    basePath: path,
    name: `cognito-session:server:${path}`,
    leaveAtSignOut,
  };
  return makeEnvironmentProviders([
    { provide: OPTIONS, useValue: options },
    ServerRoutes,
    SeenSession,
    TabHints,
    ServerSignOut,
    SessionLook,
    PageWatch,
    RenderedSession,
    { provide: ɵTOKENLESS_SOURCE, useClass: ServerSessionSource },
    ɵtokenlessProviders(CSRF_HEADER, features),
  ]);
}
