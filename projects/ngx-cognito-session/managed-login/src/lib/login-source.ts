import { inject, Injector, runInInjectionContext } from '@angular/core';
import { SessionError, ɵCheckedConfig, type SessionConfig } from 'ngx-cognito-session';
import { catchError, defer, from, of, zip, type Observable } from 'rxjs';
import { MANAGED_LOGIN_CONFIG, type ManagedLoginConfig } from './managed-login-config';

/** The configurations of the session and of managed login. */
export type LoginConfigs = readonly [SessionConfig, ManagedLoginConfig];

/** Where the configuration comes from. Needs an injection context. */
export class LoginSource {
  readonly #source = inject(MANAGED_LOGIN_CONFIG);
  readonly #injector = inject(Injector);

  /** Cold; one value, synchronously unless a factory returned a promise. Calls the factory of managed login each time. */
  readonly configs$: Observable<LoginConfigs> = zip(
    inject(ɵCheckedConfig).config$,
    defer(() => {
      const source = this.#source;
      const loaded = typeof source === 'function' ? runInInjectionContext(this.#injector, source) : source;
      // Not `instanceof`: under zone.js the promise of an async function is not of the class that is called Promise there.
      return 'then' in loaded ? from(loaded) : of(loaded);
    }).pipe(
      catchError((cause: unknown) => {
        throw new SessionError('configurationFailed', 'The configuration of managed login failed to load.', {
          cause,
        });
      }),
    ),
  );
}
