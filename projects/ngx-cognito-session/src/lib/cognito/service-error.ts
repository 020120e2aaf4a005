import { SessionError } from '../errors/session-error';
import type { SessionErrorCode } from '../errors/session-error-code';

/** Answers after which Cognito never accepts this refresh token again. */
const TERMINAL: Readonly<Record<string, TerminalCode>> = {
  // Expired, revoked, of another client, user disabled: the text differs, and it is never branched on.
  NotAuthorizedException: 'refreshTokenExpired',
  RefreshTokenReuseException: 'rotationLost',
  UserNotFoundException: 'userNotFound',
  PasswordResetRequiredException: 'passwordResetRequired',
  UserNotConfirmedException: 'userNotConfirmed',
};

const TRANSIENT: Readonly<Record<string, SessionErrorCode>> = {
  TooManyRequestsException: 'throttled',
  LimitExceededException: 'throttled',
  // Not in the operations' own lists: any AWS service may answer this.
  ThrottlingException: 'throttled',
  InternalErrorException: 'serviceError',
  ForbiddenException: 'refused',
  UserLambdaValidationException: 'refused',
  UnexpectedLambdaException: 'refused',
  InvalidLambdaResponseException: 'refused',
  // Misconfigurations: loud, but no reason to throw a session away.
  ResourceNotFoundException: 'invalidConfiguration',
  InvalidParameterException: 'invalidConfiguration',
  UnsupportedOperationException: 'invalidConfiguration',
  UnsupportedTokenTypeException: 'invalidConfiguration',
  OperationNotEnabledException: 'invalidConfiguration',
  FeatureUnavailableInTierException: 'invalidConfiguration',
};

/** A map: the name comes from outside, and `TERMINAL['constructor']` would be a function. */
const CODES: ReadonlyMap<string, SessionErrorCode> = new Map(Object.entries({ ...TERMINAL, ...TRANSIENT }));

/** The library's error for an AWS exception name and HTTP status; the one place that knows these names. */
export function toServiceError(
  serviceError: string | undefined,
  httpStatus: number,
  cause?: unknown,
): SessionError {
  // Without an AWS exception name it was not Cognito that answered, but a proxy, a gateway or a service worker.
  const unknown =
    serviceError === undefined ? 'networkError' : httpStatus >= 500 ? 'serviceError' : 'invalidResponse';
  const code = CODES.get(serviceError ?? '') ?? unknown;
  const answer =
    serviceError === undefined
      ? `The endpoint answered HTTP ${String(httpStatus)}`
      : `Cognito answered ${serviceError}`;
  return new SessionError(code, `${answer}.`, { serviceError, cause });
}

/** Codes that end a session; every other failure keeps the tokens. */
export type TerminalCode =
  'refreshTokenExpired' | 'rotationLost' | 'userNotFound' | 'passwordResetRequired' | 'userNotConfirmed';

const TERMINAL_CODES: ReadonlySet<string> = new Set(Object.values(TERMINAL));

/** Whether the answer ends the session; everything else keeps the tokens. */
export function isTerminal(code: SessionErrorCode): code is TerminalCode {
  return TERMINAL_CODES.has(code);
}

/** Whether Cognito may have carried out a refresh although its answer did not arrive: the refresh token may be used up. */
export function isOutcomeUnknown({ code, serviceError }: SessionError): boolean {
  return (
    code === 'networkError' ||
    code === 'timeout' ||
    (code === 'invalidResponse' && serviceError === undefined)
  );
}
