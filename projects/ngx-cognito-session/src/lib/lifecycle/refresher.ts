import { InjectionToken, type EnvironmentInjector } from '@angular/core';
import { MAKE_TOKEN_REFRESHER, type BuiltInTransport } from '../cognito/built-in-transport';
import { TOKEN_REFRESHER, type TokenRefresher } from '../cognito/token-refresher';

/** The transport of this session: the app's, else the built-in one. */
export const REFRESHER = new InjectionToken<TokenRefresher>('REFRESHER');

/** The injector of the session, whose own providers count. */
export const SESSION_INJECTOR = new InjectionToken<EnvironmentInjector>('SESSION_INJECTOR');

/** Wherever it stands among the providers, but never that of a parent injector: it renews with the parent's app client. */
export function chooseRefresher(session: EnvironmentInjector, builtIn: BuiltInTransport): TokenRefresher {
  const own = { optional: true, self: true } as const;
  return (
    session.get(TOKEN_REFRESHER, null, own) ??
    session.get(MAKE_TOKEN_REFRESHER, null, own)?.(builtIn) ??
    builtIn.refresher
  );
}
