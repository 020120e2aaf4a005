import { ɵfeature, type SessionFeature } from 'ngx-cognito-session';
import { devtoolsFeature } from './devtools-feature';

/** Set to `false` by production builds. */
declare const ngDevMode: unknown;

/**
 * In development, a small button in a corner of the page opens a panel that shows the session and simulates faults. In a production
 * build this does nothing, and nothing of the panel is in the bundle; `ngx-cognito-session/devtools/production` has the same
 * function for every build. Works with `provideSession` and `provideServerSession`; does nothing on a server.
 *
 * ```ts
 * provideSession(config, withLocalStorage(), withDevtools());
 * ```
 */
export function withDevtools(): SessionFeature {
  // Bundlers evaluate this while they read the file, so that they do not make a chunk for the panel.
  return typeof ngDevMode === 'undefined' || ngDevMode
    ? devtoolsFeature(() => import('ngx-cognito-session/devtools/panel'))
    : ɵfeature('devtools', []);
}
