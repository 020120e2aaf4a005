import { inject, InjectionToken } from '@angular/core';
import { MAKE_TOKEN_REFRESHER, type BuiltInTransport } from '../cognito/built-in-transport';
import { TOKEN_REFRESHER, type TokenRefresher } from '../cognito/token-refresher';

/** The transport of this session: the app's, else the built-in one. */
export const REFRESHER = new InjectionToken<TokenRefresher>('REFRESHER');

/** Gives the app's transport, if it has one. */
export const OWN_REFRESHER = new InjectionToken<((builtIn: BuiltInTransport) => TokenRefresher) | null>(
  'OWN_REFRESHER',
);

/** Wherever it stands among the providers, but never that of a parent injector: it renews with the parent's app client. */
export function chooseOwnRefresher(): ((builtIn: BuiltInTransport) => TokenRefresher) | null {
  const own = inject(TOKEN_REFRESHER, { optional: true, self: true });
  return own === null ? inject(MAKE_TOKEN_REFRESHER, { optional: true, self: true }) : () => own;
}
