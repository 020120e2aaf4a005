import type { SessionErrorCode } from './session-error-code';
import { sanitizeCause, type SanitizedCause } from './sanitize-cause';

/** Codes after which the same call may succeed later without a new sign-in. */
const RETRYABLE: ReadonlySet<SessionErrorCode> = new Set<SessionErrorCode>([
  'networkError',
  'timeout',
  'rotationPending',
  'throttled',
  'serviceError',
  'invalidResponse',
  'refused',
  'storageError',
  'restoreTimeout',
]);

/** What a `SessionError` is made from besides its code and message. */
export interface SessionErrorDetails {
  /** The AWS exception name, if the service gave one. */
  readonly serviceError?: string | undefined;
  /** The original error; only a sanitised copy of it is kept. */
  readonly cause?: unknown;
}

/**
 * The one error class of the library. It never contains a token, a header or a request body. Branch on `code`; the rest
 * can be displayed or logged.
 *
 * ```ts
 * session.getAccessToken().subscribe({
 *   error: (error: unknown) => {
 *     if (error instanceof SessionError && error.retryable) showBanner('Reconnecting…');
 *   },
 * });
 * ```
 */
export class SessionError extends Error {
  /** The same in minified builds, and across bundles, where `instanceof` fails. */
  override readonly name = 'SessionError';
  /** The AWS exception name, if the service gave one. */
  readonly serviceError?: string;
  /** Name and redacted message of the original error, never the error itself: SDK errors carry the response. */
  override readonly cause?: SanitizedCause;

  constructor(
    /** Stable: part of the public API. */
    readonly code: SessionErrorCode,
    message: string,
    details: SessionErrorDetails = {},
  ) {
    super(message);
    if (details.serviceError !== undefined) this.serviceError = details.serviceError;
    if (details.cause !== undefined) this.cause = sanitizeCause(details.cause);
  }

  /** Whether the same call may succeed later without a new sign-in. */
  get retryable(): boolean {
    return RETRYABLE.has(this.code);
  }
}
