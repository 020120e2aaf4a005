import type { SanitizedCause, SessionError } from 'ngx-cognito-session';

/** Every code an `AwsCredentialsError` can carry. */
export type AwsCredentialsErrorCode =
  /** The identity pool rejects the logins that were sent. */
  | 'wrongLogins'
  /** The role of the identity pool does not trust it, or no role fits the user. */
  | 'roleNotTrusted'
  /** The identity pool does not allow guests. */
  | 'guestsNotAllowed'
  /** Too many requests to the identity pool. */
  | 'throttled'
  /** The identity pool could not be reached, or did not answer in time. */
  | 'networkError'
  /** The configuration is wrong, or there is no such identity pool. */
  | 'invalidConfiguration'
  /** The service has failed, or a function of `logins` has thrown. */
  | 'serviceError'
  /** An unreadable answer, credentials that have expired on arrival, or an unknown exception. */
  | 'invalidResponse';

/** The app or the identity pool has to be changed first. */
const REFUSED: readonly AwsCredentialsErrorCode[] = [
  'wrongLogins',
  'roleNotTrusted',
  'guestsNotAllowed',
  'invalidConfiguration',
];

/**
 * Why there are no AWS credentials. It never contains a key, a token or a request body, and never ends the session. Branch on
 * `code`; the rest can be displayed or logged.
 *
 * ```ts
 * credentials.getCredentials().subscribe({
 *   error: (error: unknown) => {
 *     if (error instanceof AwsCredentialsError && error.retryable) showBanner('AWS cannot be reached.');
 *   },
 * });
 * ```
 */
export class AwsCredentialsError extends Error {
  /** The same in minified builds, and across bundles, where `instanceof` fails. */
  override readonly name = 'AwsCredentialsError';
  /** The AWS exception name, if the service gave one. */
  readonly serviceError: string | undefined;
  /** Name and redacted message of the original error, never the error itself. */
  override readonly cause: SanitizedCause | undefined;

  constructor(
    /** Stable: part of the public API. */
    readonly code: AwsCredentialsErrorCode,
    message: string,
    { serviceError, cause }: Pick<SessionError, 'serviceError' | 'cause'> = {},
  ) {
    super(message);
    this.serviceError = serviceError;
    this.cause = cause;
  }

  /** Whether the same call may succeed later without changing the app or the identity pool. */
  get retryable(): boolean {
    return !REFUSED.includes(this.code);
  }
}

/** They had expired before they arrived, or before the caller was served: the device may have slept. */
export function expired(): AwsCredentialsError {
  return new AwsCredentialsError('invalidResponse', 'The credentials have expired.');
}
