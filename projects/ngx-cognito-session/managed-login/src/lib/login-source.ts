import { Location } from '@angular/common';
import { DOCUMENT, inject, Injector, runInInjectionContext } from '@angular/core';
import { SessionError, ɵCheckedConfig, type SessionConfig } from 'ngx-cognito-session';
import { catchError, defer, from, of, zip, type Observable } from 'rxjs';
import { MANAGED_LOGIN_CONFIG, type ManagedLoginConfig } from './managed-login-config';

/** The configurations of the session and of managed login. */
export type LoginConfigs = readonly [SessionConfig, ManagedLoginConfig];

/** Where the configuration comes from. Needs an injection context. */
export class LoginSource {
  readonly #source = inject(MANAGED_LOGIN_CONFIG);
  readonly #injector = inject(Injector);
  readonly #location = inject(Location);
  readonly #document = inject(DOCUMENT);

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

  /** The absolute URL of a path of the router. Not relative to the page's base, which can be smuggled in. */
  urlOf(path: string): string {
    return new URL(this.#location.prepareExternalUrl(path), this.#document.location.origin).href;
  }

  /** The path in the router of the page that managed login leads back to; `null`: it is not one of this app. */
  callbackPath({ redirectUri = this.urlOf('/callback') }: ManagedLoginConfig): string | null {
    const base = this.urlOf('/');
    return redirectUri.startsWith(base) ? redirectUri.slice(base.length - 1).replace(/\?.*/, '') : null;
  }
}
