import {
  sanitizeCause,
  type SanitizedCause,
} from '../../../ngx-cognito-session/src/lib/errors/sanitize-cause';

/** Every code that an error of this package can carry. */
export type ServerSessionErrorCode =
  /** The request has no session, or the session has ended. Status 401. */
  | 'noSession'
  /** Cognito or the session store cannot answer now. The session is kept. Status 503. */
  | 'unavailable'
  /** The request fails the CSRF check. Status 403. */
  | 'forbidden'
  /** The tokens were not issued by this user pool for this app client, or they have expired. Status 400. */
  | 'invalidTokens'
  /** Managed login did not sign the user in. Status 400. */
  | 'signInFailed'
  /** An option is missing or malformed. Status 500. */
  | 'invalidConfiguration';

/** An error of this package. It holds no token, no cookie and no request body, so it is safe to log. */
export class ServerSessionError extends Error {
  /** Always `ServerSessionError`, also in minified code; the class is told by `code`. */
  override readonly name: string = 'ServerSessionError';
  /** A copy of the causing error that is safe to log. */
  declare readonly cause?: SanitizedCause;

  constructor(
    /** Stable, for code that branches. */
    readonly code: ServerSessionErrorCode,
    /** The HTTP status that fits the error. */
    readonly status: number,
    message: string,
    options: { readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: sanitizeCause(options.cause) });
  }
}

/** The request has no session, or its session has ended. The only error that means "sign in again". */
export class NoSessionError extends ServerSessionError {
  /** Always `NoSessionError`. */
  override readonly name = 'NoSessionError';

  constructor() {
    super('noSession', 401, 'The request has no session.');
  }
}

/** Cognito or the session store cannot answer now. The session is kept: try again after `retryAfterSeconds`. */
export class SessionUnavailableError extends ServerSessionError {
  /** Always `SessionUnavailableError`. */
  override readonly name = 'SessionUnavailableError';

  constructor(
    /** The cause in one word, for logs and metrics: `throttled`, `networkError`, `timeout`, `storeError`, … */
    readonly reason: string,
    /** Whole seconds from 1 on: the value of the `Retry-After` header. */
    readonly retryAfterSeconds: number,
    options: { readonly cause?: unknown } = {},
  ) {
    super('unavailable', 503, `The session is not available now: ${reason}.`, options);
  }
}

/** The request fails the CSRF check. */
export class ForbiddenRequestError extends ServerSessionError {
  /** Always `ForbiddenRequestError`. */
  override readonly name = 'ForbiddenRequestError';

  constructor(message: string) {
    super('forbidden', 403, message);
  }
}

/** Tokens that must not become a session. */
export class InvalidTokensError extends ServerSessionError {
  /** Always `InvalidTokensError`. */
  override readonly name = 'InvalidTokensError';

  constructor(message: string, options: { readonly cause?: unknown } = {}) {
    super('invalidTokens', 400, message, options);
  }
}

/** Managed login did not sign the user in: the user cancelled, or the callback does not belong to a login of this browser. */
export class SignInFailedError extends ServerSessionError {
  /** Always `SignInFailedError`. */
  override readonly name = 'SignInFailedError';

  constructor(message: string, options: { readonly cause?: unknown } = {}) {
    super('signInFailed', 400, message, options);
  }
}

/** An option is missing or malformed. */
export class ConfigurationError extends ServerSessionError {
  /** Always `ConfigurationError`. */
  override readonly name = 'ConfigurationError';

  constructor(
    /** The option, as it is written in the code. */
    readonly field: string,
    message: string,
  ) {
    super('invalidConfiguration', 500, `${field} ${message}.`);
  }
}
