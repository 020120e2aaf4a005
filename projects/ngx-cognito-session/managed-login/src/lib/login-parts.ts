// This file and what only it imports are loaded when they are needed first: oauth4webapi as well.
import { inject } from '@angular/core';
import { SessionError } from 'ngx-cognito-session';
import {
  catchError,
  defaultIfEmpty,
  defer,
  finalize,
  forkJoin,
  map,
  of,
  shareReplay,
  switchMap,
  throwError,
  type Observable,
} from 'rxjs';
import { AppUrls, pathOf } from './app-urls';
import { Attempts } from './attempts';
import { CallbackExchange, type Adopt } from './callback-exchange';
import { loginSettings, type LoginSettings } from './login-settings';
import { LoginSource } from './login-source';
import { LoginState } from './login-state';
import type { ManagedSignInOptions } from './sign-in-options';
import { SignInStart } from './sign-in-start';
import { SignOutDeparture } from './sign-out-departure';

/** A page that a guard has rejected. */
export interface Rejected {
  readonly returnUrl: string;
  /** Otherwise nothing can be shown in its place, and the way back must not lead here again. */
  readonly isOtherPageShown: boolean;
}

/** Sign-in and sign-out through managed login. Needs an injection context. */
export class LoginParts {
  readonly #source = new LoginSource();
  readonly #urls = new AppUrls();
  readonly #attempts = new Attempts();
  readonly #state = inject(LoginState);
  readonly #start = new SignInStart();
  readonly #callback = new CallbackExchange();
  readonly #signOut = new SignOutDeparture(this.#source, this.#urls);
  #running: { readonly url: string; readonly answer$: Observable<string> } | null = null;

  /** Cold; completes when the page is being left. */
  begin(options: ManagedSignInOptions, isReplaced = false): Observable<never> {
    return this.#settings().pipe(switchMap((settings) => this.#start.begin(settings, options, isReplaced)));
  }

  /**
   * Cold; one value, the answer of the guard: `false`: the page is being left, `true`: it is that of the callback, a path: it shows
   * why the sign-in cannot start.
   */
  answer(rejected: Rejected, options: ManagedSignInOptions): Observable<boolean | string> {
    const { returnUrl, isOtherPageShown } = rejected;
    return this.#source.configs$.pipe(
      switchMap(([{ clientId }, config]) => {
        const callback = this.#urls.callbackPath(config);
        // A shell that is guarded as a whole.
        if (callback === pathOf(returnUrl)) return of(true);
        const isWanted = isOtherPageShown || this.#start.hasSignedOut;
        const isTooOften = !isWanted && this.#attempts.areTooMany(clientId);
        return (
          isTooOften ? throwError(tooOften) : this.begin({ ...options, returnUrl }, !isOtherPageShown)
        ).pipe(
          catchError((error: SessionError) => {
            this.#state.tell(error);
            return of(callback ?? false);
          }),
        );
      }),
      defaultIfEmpty(false),
    );
  }

  /**
   * Cold; one value once the user is signed in: where to go on. Goes on without its subscribers, because the code is used up. A
   * call with a URL that is being completed joins it: a native app may be handed its URL twice.
   */
  complete(url: string, adopt: Adopt): Observable<string> {
    return defer(() => {
      if (this.#running?.url === url) return this.#running.answer$;
      const answer$ = this.#settings().pipe(
        switchMap((settings) => this.#callback.complete(settings, url, adopt)),
        finalize(() => {
          this.#running = null;
        }),
        shareReplay({ bufferSize: 1, refCount: false }),
      );
      this.#running = { url, answer$ };
      return answer$;
    });
  }

  /**
   * Cold; completes when the page is being left for the sign-out of managed login. `ended$`: the session here has ended. The tokens of a
   * sign-in that is being finished are to be revoked before.
   */
  leaveAfter(ended$: Observable<unknown>): Observable<never> {
    const finished$ = this.#running?.answer$.pipe(catchError(() => of(null))) ?? of(null);
    return this.#signOut.after(forkJoin([ended$, finished$]));
  }

  #settings(): Observable<LoginSettings> {
    return this.#source.configs$.pipe(map((configs) => loginSettings(configs, this.#urls)));
  }
}

function tooOften(): SessionError {
  return new SessionError(
    'signInFailed',
    'Managed login was opened twice within a minute, and no sign-in was finished. Is managedLoginCallback the guard of the route of redirectUri?',
  );
}
