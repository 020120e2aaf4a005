import { inject } from '@angular/core';
import { SessionError } from '../errors/session-error';
import { SESSION_LOGGER, type SessionLogger } from '../platform/session-logger';
import { SessionStore } from '../state/session-store';

/** Failures reach `events$` and the logger exactly once, also if no caller subscribes. */
export class FailureReport {
  readonly #store = inject(SessionStore);
  /** Where failures are logged. */
  readonly logger: SessionLogger = inject(SESSION_LOGGER);
  readonly #reported = new WeakSet<SessionError>();

  /** An error event and a log line. */
  tell(error: SessionError): void {
    if (this.#reported.has(error)) return;
    this.log(error);
    this.#store.emit({ type: 'error', origin: 'thisTab', error });
  }

  /** Only a log line: the state change that follows carries the event. */
  log(error: SessionError): void {
    if (this.#reported.has(error)) return;
    this.#reported.add(error);
    const { code, message, serviceError, cause } = error;
    this.logger.error(`${code}: ${message}`, {
      code,
      ...(serviceError && { serviceError }),
      ...(cause && { cause }),
    });
  }
}

/** Any thrown value, as the one error class. App code behind the ports can throw anything. */
export function toSessionError(error: unknown): SessionError {
  return error instanceof SessionError
    ? error
    : new SessionError('serviceError', 'An unexpected error.', { cause: error });
}
