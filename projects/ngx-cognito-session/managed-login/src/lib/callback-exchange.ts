import { inject, NgZone } from '@angular/core';
import {
  SessionError,
  SessionService,
  ɵisLocalUrl,
  ɵKeptReturnUrl,
  ɵSESSION_SCHEDULER,
} from 'ngx-cognito-session';
import { filter, map, merge, switchMap, take, tap, throwError, type Observable } from 'rxjs';
import { Attempts } from './attempts';
import { limited } from './limited';
import type { LoginSettings } from './login-settings';
import { LoginState } from './login-state';
import { exchangeCode } from './protocol';

/** Turns the answer of managed login into a session. Needs an injection context. */
export class CallbackExchange {
  readonly #attempts = new Attempts();
  readonly #session = inject(SessionService);
  readonly #state = inject(LoginState);
  readonly #zone = inject(NgZone);
  readonly #scheduler = inject(ɵSESSION_SCHEDULER);
  readonly #kept = new ɵKeptReturnUrl();
  /** Errors once the user signs out in this page, also by `SessionService.signOut`. */
  readonly #signOut$: Observable<never> = merge(
    this.#state.signOut$,
    this.#session.events$.pipe(filter(({ type, origin }) => type === 'signedOut' && origin === 'thisTab')),
  ).pipe(
    map(() => {
      throw new SessionError('superseded', 'A sign-out has ended this sign-in.');
    }),
  );

  /** Cold; one value once the user is signed in: where to go on. */
  complete(settings: LoginSettings, url: string): Observable<string> {
    const { clientId } = settings;
    const parameters = new URLSearchParams(/\?([^#]*)/.exec(url)?.[1]);
    const state = parameters.get('state') ?? '';
    const attempt = this.#attempts.take(clientId, state);
    if (attempt === null) return throwError(unknownAttempt);
    const { returnUrl } = attempt;
    // Unless this sign-in succeeds, the next one leads there.
    this.#kept.exchange(returnUrl);
    const exchange = (signal: AbortSignal) => exchangeCode(settings, { parameters, state, attempt }, signal);
    return merge(this.#signOut$, limited(exchange, this.#zone, this.#scheduler)).pipe(
      take(1),
      switchMap((tokens) => this.#session.setTokens(tokens)),
      tap(() => {
        this.#state.error.set(null);
        this.#attempts.keepSignOut(clientId, false);
        this.#kept.exchange(null);
      }),
      map(() => (ɵisLocalUrl(returnUrl) ? returnUrl : '/')),
    );
  }
}

function unknownAttempt(): SessionError {
  return new SessionError(
    'callbackInvalid',
    'The URL does not finish a sign-in of this tab. Start the sign-in again.',
  );
}
