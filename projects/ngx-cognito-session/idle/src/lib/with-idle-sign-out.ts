import { inject, provideEnvironmentInitializer } from '@angular/core';
import { ɵfeature, ɵjudgedStart, type SessionFeature } from 'ngx-cognito-session';
import { checkedLimits, IDLE_LIMITS, type IdleSignOutOptions } from './idle-options';
import { END, IdleSignOut } from './idle-sign-out';
import { LastInput } from './last-input';

/**
 * Signs the user out after `afterSeconds` without input: pointer, key, touch or wheel, in any tab of this origin. Sleep and
 * frozen tabs count by the clock, and so does the time in which the browser was closed. Every tab shows the reason `idle`.
 * `IdleSignOut` has the countdown of the last `warnSeconds`. Works with `provideSession` and `provideServerSession`; does nothing
 * on a server. Throws `invalidConfiguration` for impossible numbers.
 *
 * ```ts
 * provideSession(config, withLocalStorage(), withIdleSignOut({ afterSeconds: 900, warnSeconds: 60 }));
 * ```
 */
export function withIdleSignOut(options: IdleSignOutOptions): SessionFeature {
  return ɵfeature('idleSignOut', [
    { provide: IDLE_LIMITS, useValue: checkedLimits(options) },
    LastInput,
    IdleSignOut,
    // The browser may have been closed for hours.
    ɵjudgedStart((injector, clientId) => (injector.get(IdleSignOut).ɵisOver(clientId) ? END : null)),
    // Also if the app never asks for the countdown, and restores nothing.
    provideEnvironmentInitializer(() => {
      inject(IdleSignOut);
    }),
  ]);
}
