import { inject, InjectionToken, type EnvironmentInjector } from '@angular/core';
import { MAKE_TOKEN_REFRESHER } from '../cognito/built-in-transport';
import { FetchTokenRefresher } from '../cognito/fetch-token-refresher';
import { toServiceError } from '../cognito/service-error';
import { renewalRequest } from '../cognito/service-request';
import { readAuthenticationResult } from '../cognito/token-response';
import { TOKEN_REFRESHER, type TokenRefresher } from '../cognito/token-refresher';
import { RESOLVED_CONFIG } from '../config/resolved-config';

/** The transport of this session: the app's, else the built-in one. */
export const REFRESHER = new InjectionToken<TokenRefresher>('REFRESHER');

/** The injector with `provideSession`, whose own providers count. */
export const SESSION_INJECTOR = new InjectionToken<EnvironmentInjector>('SESSION_INJECTOR');

/** Never the transport of a parent injector: it refreshes with the parent's app client. */
export function chooseRefresher(): TokenRefresher {
  const session = inject(SESSION_INJECTOR);
  const own = { optional: true, self: true } as const;
  const refresher = inject(FetchTokenRefresher);
  return (
    session.get(TOKEN_REFRESHER, null, own) ??
    session.get(
      MAKE_TOKEN_REFRESHER,
      null,
      own,
    )?.({
      refresher,
      config: inject(RESOLVED_CONFIG),
      renewalRequest,
      readAuthenticationResult,
      toServiceError,
    }) ??
    refresher
  );
}
