import { inject, NgZone, type Signal } from '@angular/core';
import {
  SessionService,
  ɵenterZone,
  ɵstartCommand,
  type SessionError,
  type SignOutOptions,
} from 'ngx-cognito-session';
import { takeUntil, tap, type Observable } from 'rxjs';
import { LazyLogin } from './lazy-login';
import { LoginState } from './login-state';
import type { ManagedSignInOptions } from './sign-in-options';

declare const ngDevMode: unknown;

/**
 * Sign-in and sign-out through Cognito's managed login. Its methods are commands, as those of `SessionService`: they start
 * immediately, subscribed or not. A failure without subscribers still reaches `error`, `events$` and the logger. All errors are
 * `SessionError`s.
 *
 * ```ts
 * @Component({
 *   selector: 'app-account-menu',
 *   changeDetection: ChangeDetectionStrategy.OnPush,
 *   template: `
 *     @if (session.isSignedIn()) {
 *       <button type="button" (click)="login.signOut()">Sign out</button>
 *     } @else {
 *       <button type="button" (click)="login.signIn()">Sign in</button>
 *     }
 *   `,
 * })
 * export class AccountMenu {
 *   protected readonly session = inject(SessionService);
 *   protected readonly login = inject(ManagedLogin);
 * }
 * ```
 */
export class ManagedLogin {
  readonly #session = inject(SessionService);
  readonly #state = inject(LoginState);
  readonly #lazy = inject(LazyLogin);
  readonly #zone = inject(NgZone);

  /**
   * Why the last sign-in failed, or why a sign-out could not leave the app; `null` if neither has happened, and once another sign-in begins or
   * succeeds. For your page of errors.
   */
  readonly error: Signal<SessionError | null> = this.#state.error.asReadonly();

  /**
   * Command; leaves the app for managed login. Emits nothing, and completes when the page is being left. Errors if it cannot be
   * left: `invalidConfiguration`, `configurationFailed`, `storageError` if the browser blocks `sessionStorage`, `networkError` if the
   * code for it cannot be loaded, `signInFailed` outside a secure context. Does nothing on a server,
   * and nothing more once `signOut()` is called.
   */
  signIn(options: ManagedSignInOptions = {}): Observable<never> {
    return this.#command(
      this.#lazy.run((parts) => parts.begin(options)).pipe(takeUntil(this.#state.signOut$)),
    );
  }

  /**
   * Command; finishes a sign-in, for apps without a router and native apps. `url` is the URL that managed login has led to. Emits
   * once the user is signed in: the URL of this app to continue with, as the router has it. Errors with `signInCancelled`,
   * `callbackInvalid`, `signInFailed`, `superseded` after a sign-out meanwhile, the errors of the network and those of `setTokens`. The
   * code cannot be used again then: start another sign-in. A URL that does not finish a sign-in of this tab changes nothing. Does
   * nothing on a server.
   *
   * ```ts
   * login.completeSignIn(location.href).subscribe({
   *   next: (url) => showPage(url),
   *   error: (error: SessionError) => showProblem(error),
   * });
   * ```
   */
  completeSignIn(url: string): Observable<string> {
    return this.#command(this.#lazy.complete(url));
  }

  /**
   * Command; ends the session as `SessionService.signOut` does, then leaves the app for managed login's own sign-out, which leads
   * back to `logoutUri`. Emits nothing, and completes when the page is being left. Errors if it cannot be left: the configuration
   * fails, or the code for it cannot be loaded (`networkError`). The session of the app has ended in this case as well. On a server it
   * only ends the session.
   */
  signOut(options: SignOutOptions = {}): Observable<never> {
    const state = this.#state;
    state.leave();
    const ended$ = this.#session.signOut(options);
    return this.#command(
      this.#lazy
        .run((parts) => parts.leaveAfter(ended$))
        .pipe(
          tap({
            error: () => {
              state.stay();
            },
          }),
        ),
    );
  }

  #command<T>(command: Observable<T>): Observable<T> {
    return ɵstartCommand(command, (error) => {
      // Everything in it fails with a `SessionError`.
      this.#state.tell(error as SessionError);
    }).pipe(ɵenterZone(this.#zone));
  }
}

// As with `SessionService`: everything that needs managed login injects this class first.
if (typeof ngDevMode === 'undefined' || ngDevMode)
  Object.assign(ManagedLogin, { overriddenName: 'ManagedLogin (of withManagedLogin)' });
