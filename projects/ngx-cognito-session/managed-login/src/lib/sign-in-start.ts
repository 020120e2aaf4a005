import { Location } from '@angular/common';
import { inject, NgZone } from '@angular/core';
import {
  SessionService,
  ɵKeptReturnUrl,
  ɵLEAVE_PAGE,
  ɵSESSION_SCHEDULER,
  type SignedOutReason,
} from 'ngx-cognito-session';
import { defer, ignoreElements, tap, type Observable } from 'rxjs';
import { pathOf } from './app-urls';
import { Attempts } from './attempts';
import { limited } from './limited';
import type { LoginSettings } from './login-settings';
import { LoginState } from './login-state';
import { prepareSignIn } from './protocol';
import type { ManagedSignInOptions } from './sign-in-options';

const SIGNED_OUT: readonly SignedOutReason[] = ['signedOut', 'signedOutElsewhere', 'idle'];

/** Leaves the app for managed login. Needs an injection context. */
export class SignInStart {
  readonly #attempts = new Attempts();
  readonly #session = inject(SessionService);
  readonly #state = inject(LoginState);
  readonly #leave = inject(ɵLEAVE_PAGE);
  readonly #location = inject(Location);
  readonly #zone = inject(NgZone);
  readonly #scheduler = inject(ɵSESSION_SCHEDULER);
  readonly #kept = new ɵKeptReturnUrl();

  /** Whether the user of this page has signed out, here or in another tab, or was signed out because of inactivity. */
  get hasSignedOut(): boolean {
    const state = this.#session.state();
    return state.status === 'signedOut' && SIGNED_OUT.includes(state.reason);
  }

  /** Cold; completes when the page is being left. `isReplaced`: the browser's history forgets it. */
  begin(settings: LoginSettings, options: ManagedSignInOptions, isReplaced: boolean): Observable<never> {
    return defer(() => {
      this.#state.error.set(null);
      const { clientId } = settings;
      const returnUrl = options.returnUrl ?? this.#kept.exchange(null) ?? this.#currentUrl(settings);
      // Managed login may remember the user, and an identity provider does: they would undo the sign-out without asking.
      const isAgain = this.hasSignedOut || this.#attempts.hasSignedOut(clientId);
      if (isAgain) this.#attempts.keepSignOut(clientId, true);
      const asked = { ...options, prompt: options.prompt ?? (isAgain ? 'login' : undefined) };
      return limited(() => prepareSignIn(settings, asked), this.#zone, this.#scheduler).pipe(
        tap(({ url, state, secrets }) => {
          this.#attempts.keep(clientId, state, { ...secrets, returnUrl });
          this.#leave(url, isReplaced);
        }),
        ignoreElements(),
      );
    });
  }

  /** The page of the callback leads nowhere: the sign-in that it did not finish would have led to a page of the app. */
  #currentUrl({ clientId, callbackPath }: LoginSettings): string {
    const url = this.#location.path(true) || '/';
    return pathOf(url) === callbackPath ? (this.#attempts.latestReturnUrl(clientId) ?? '/') : url;
  }
}
