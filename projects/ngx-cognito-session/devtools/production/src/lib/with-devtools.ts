import type { SessionFeature } from 'ngx-cognito-session';
import { ɵdevtoolsFeature } from 'ngx-cognito-session/devtools';

/**
 * The panel of `ngx-cognito-session/devtools` in every build, production builds as well: everyone who can open the page can open the
 * panel, sees the claims of their own session and can simulate faults in their own browser. It shows no token.
 *
 * ```ts
 * provideSession(config, withLocalStorage(), ...(environment.isStaging ? [withDevtools()] : []));
 * ```
 */
export function withDevtools(): SessionFeature {
  return ɵdevtoolsFeature(() => import('ngx-cognito-session/devtools/panel'));
}
