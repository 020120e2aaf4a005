import { inject, NgZone } from '@angular/core';
import {
  SessionError,
  ɵisLocalUrl,
  ɵKeptReturnUrl,
  ɵSESSION_SCHEDULER,
  type Session,
  type TokenInput,
} from 'ngx-cognito-session';
import { map, switchMap, tap, throwError, type Observable } from 'rxjs';
import { Attempts } from './attempts';
import { limited } from './limited';
import type { LoginSettings } from './login-settings';
import { LoginState } from './login-state';
import { exchangeCode } from './protocol';

/** Takes over the tokens of a sign-in, or revokes them and errors with the refusal. */
export type Adopt = (tokens: TokenInput, refusal?: SessionError) => Observable<Session>;

/** Turns the answer of managed login into a session. Needs an injection context. */
export class CallbackExchange {
  readonly #attempts = new Attempts();
  readonly #state = inject(LoginState);
  readonly #zone = inject(NgZone);
  readonly #scheduler = inject(ɵSESSION_SCHEDULER);
  readonly #kept = new ɵKeptReturnUrl();
  /** Cold; one value once the user is signed in: where to go on. A sign-out is noticed when the tokens are there, and revokes them. */
  complete(settings: LoginSettings, url: string, adopt: Adopt): Observable<string> {
    const { clientId } = settings;
    const parameters = new URLSearchParams(/\?([^#]*)/.exec(url)?.[1]);
    const state = parameters.get('state') ?? '';
    const attempt = this.#attempts.take(clientId, state);
    if (attempt === null) return throwError(unknownAttempt);
    const { returnUrl } = attempt;
    // Unless this sign-in succeeds, the next one leads there.
    this.#kept.exchange(returnUrl);
    const exchange = (signal: AbortSignal) => exchangeCode(settings, { parameters, state, attempt }, signal);
    return limited(exchange, this.#zone, this.#scheduler).pipe(
      switchMap(({ tokens, refusal }) => adopt(tokens, refusal)),
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
