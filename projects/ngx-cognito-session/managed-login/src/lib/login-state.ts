import { inject, signal } from '@angular/core';
import { SessionError, ɵFailureReport } from 'ngx-cognito-session';
import { Subject } from 'rxjs';

/** What the parts of managed login know of each other. */
export class LoginState {
  readonly #report = inject(ɵFailureReport);
  readonly #told = new WeakSet<SessionError>();
  /** Why the last sign-in failed. */
  readonly error = signal<SessionError | null>(null);
  /** `signOut()` is called: sign-ins that began earlier are over. */
  readonly signOut$ = new Subject<void>();
  /** Whether the page is being left for the sign-out: guards must not leave it for sign-in at the same time. */
  isLeaving = false;
  /** Shows something in place of the page that a guard has rejected meanwhile. */
  whenStaying: (() => void) | null = null;

  leave(): void {
    this.isLeaving = true;
    this.signOut$.next();
  }

  /** The page is not left after all, or the browser shows it again: by the back button. */
  stay(): void {
    this.isLeaving = false;
    this.whenStaying?.();
    this.whenStaying = null;
  }

  /**
   * For the page of the app, `events$` and the logger. The description of an OAuth error came with the URL, or is the text of a
   * trigger or provider: only the page gets it.
   */
  tell(error: SessionError): void {
    this.error.set(error);
    if (this.#told.has(error)) return;
    this.#told.add(error);
    const { code, message, serviceError } = error;
    this.#report.tell(serviceError === undefined ? error : new SessionError(code, message, { serviceError }));
  }
}
