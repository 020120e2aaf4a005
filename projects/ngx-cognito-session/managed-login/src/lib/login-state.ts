import { inject, signal } from '@angular/core';
import { ɵFailureReport, type SessionError } from 'ngx-cognito-session';

/** What the parts of managed login know of each other. */
export class LoginState {
  readonly #report = inject(ɵFailureReport);
  /** Why the last sign-in failed. */
  readonly error = signal<SessionError | null>(null);
  /** Whether the page is being left for the sign-out: guards must not leave it for sign-in at the same time. */
  isLeaving = false;
  /** Called if the browser shows this page again although it has been left, by the back button. */
  whenBack: (() => void) | null = null;

  /** For the page of the app, `events$` and the logger. */
  tell(error: SessionError): void {
    this.error.set(error);
    this.#report.tell(error);
  }
}
