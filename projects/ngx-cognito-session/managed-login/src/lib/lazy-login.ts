import {
  DestroyRef,
  DOCUMENT,
  inject,
  InjectionToken,
  Injector,
  NgZone,
  runInInjectionContext,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { SessionError, SessionService, ɵenterZone, ɵIS_BROWSER, ɵPAGE_ACTIVATION } from 'ngx-cognito-session';
import { catchError, EMPTY, from, switchMap, type Observable } from 'rxjs';
import type { LoginParts } from './login-parts';

/** Set to `false` by builds for browsers. */
declare const ngServerMode: unknown;
declare const ngDevMode: unknown;

/** Loads the chunk with the protocol; a port, so that a test can make it fail. */
export const LOAD_LOGIN_PARTS = new InjectionToken<() => Promise<{ readonly LoginParts: typeof LoginParts }>>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'LOAD_LOGIN_PARTS' : '',
  { providedIn: 'root', factory: () => () => import('./login-parts') },
);

/**
 * Sign-in through managed login, whose code is loaded when it is needed. Does nothing on a server, and waits until a
 * page that the browser has prerendered is opened.
 */
export class LazyLogin {
  readonly #load = inject(LOAD_LOGIN_PARTS);
  readonly #session = inject(SessionService);
  readonly #injector = inject(Injector);
  readonly #destroyRef = inject(DestroyRef);
  readonly #zone = inject(NgZone);
  readonly #isServer = (typeof ngServerMode === 'undefined' || ngServerMode) && !inject(ɵIS_BROWSER);
  readonly #active$: Observable<unknown> = this.#isServer ? EMPTY : inject(ɵPAGE_ACTIVATION);
  readonly #window = this.#isServer ? null : inject(DOCUMENT).defaultView;
  #parts: LoginParts | null = null;

  /** Cold; inside the Angular zone. Completes when the app is destroyed. */
  run<T>(work: (parts: LoginParts) => Observable<T>): Observable<T> {
    return this.#active$.pipe(
      switchMap(() => this.#zone.runOutsideAngular(() => from(this.#load()))),
      takeUntilDestroyed(this.#destroyRef),
      catchError((cause: unknown) => {
        throw new SessionError('networkError', 'Managed login could not be loaded.', { cause });
      }),
      switchMap((loaded) =>
        work((this.#parts ??= runInInjectionContext(this.#injector, () => new loaded.LoginParts()))),
      ),
      ɵenterZone(this.#zone),
    );
  }

  /** Cold; one value once the user is signed in: where to go on. */
  complete(url: string): Observable<string> {
    return this.#active$.pipe(
      switchMap(() => {
        this.#hide(url);
        // A sign-out while the code is loaded counts as well.
        const adopt = this.#session.ɵbeginSignIn();
        return this.run((parts) => parts.complete(url, adopt));
      }),
    );
  }

  /** Nothing of the callback stays in the address, in the history and in `Referer`, not even while the code is exchanged. */
  #hide(url: string): void {
    const page = this.#window;
    if (page === null) return;
    const callback = new URLSearchParams(/\?([^#]*)/.exec(url)?.[1]);
    const rest = new URL(page.location.href);
    for (const name of ['code', 'state', 'iss', 'error', 'error_description']) {
      const shown = rest.searchParams.get(name);
      // A native app receives the callback elsewhere: the page may have parameters of its own with these names.
      if (shown !== null && shown === callback.get(name)) rest.searchParams.delete(name);
    }
    if (rest.href !== page.location.href) page.history.replaceState(page.history.state, '', rest);
  }
}
