import { inject, InjectionToken } from '@angular/core';
import { FetchTokenRefresher } from '../cognito/fetch-token-refresher';
import { TOKEN_REFRESHER, type TokenRefresher } from '../cognito/token-refresher';

/**
 * The app's transport, wherever it stands among the providers, else the built-in one. Never that of a parent injector:
 * it renews with the parent's app client.
 */
export const REFRESHER = new InjectionToken<TokenRefresher>('REFRESHER');

export function chooseRefresher(): TokenRefresher {
  return inject(TOKEN_REFRESHER, { optional: true, self: true }) ?? inject(FetchTokenRefresher);
}
