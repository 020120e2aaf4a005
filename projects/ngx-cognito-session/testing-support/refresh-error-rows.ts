import type { Fault } from 'cognito-emulator';
import type { TerminalCode } from '../src/lib/cognito/service-error';
import type { SessionState } from '../src/lib/core/session-state';
import type { SessionEvent } from '../src/lib/core/session-event';
import type { SessionErrorCode } from '../src/lib/errors/session-error-code';

/** What stands between a renewal and a good answer. */
export type RefreshTrouble =
  /** Out of the emulator's fault queue. */
  | Fault
  | { readonly kind: 'nameNotResolved' }
  | { readonly kind: 'refusedByCors' }
  | { readonly kind: 'noAnswer'; readonly activeSeconds: number };

interface Told {
  readonly status: SessionState['status'];
  readonly events: readonly SessionEvent['type'][];
}

/** What the app sees of a failed attempt. */
export interface RefreshOutcome {
  /** While the access token lives. */
  readonly alive: Told;
  /** Once it is dead; if tokens are kept: of the attempt that uses up `retry`. */
  readonly dead: Told;
}

const OUTCOMES = {
  ends: {
    alive: { status: 'signedOut', events: ['sessionExpired'] },
    dead: { status: 'signedOut', events: ['sessionExpired'] },
  },
  keeps: {
    alive: { status: 'signedIn', events: ['error'] },
    dead: { status: 'stale', events: ['error', 'sessionExpired'] },
  },
  /** Callers stop waiting, the attempt goes on. */
  goesOn: {
    alive: { status: 'signedIn', events: [] },
    dead: { status: 'signedIn', events: [] },
  },
  heals: {
    alive: { status: 'signedIn', events: ['tokenRefreshed'] },
    dead: { status: 'signedIn', events: ['tokenRefreshed'] },
  },
} as const satisfies Record<string, RefreshOutcome>;

interface Row {
  /** The first cell of the row in docs/reference/refresh-failures.md. */
  readonly happens: string;
  readonly trouble: RefreshTrouble;
  /** The AWS exception name. */
  readonly serviceError?: string;
  readonly retryable: boolean;
  readonly outcome: RefreshOutcome;
}

export interface TerminalRow extends Row {
  readonly verdict: 'terminal';
  /** The reason of the sign-out, too. */
  readonly code: TerminalCode;
}

export interface TransientRow extends Row {
  readonly verdict: 'transient';
  readonly code: SessionErrorCode;
}

export interface WaitingRow extends Row {
  readonly verdict: 'waiting';
  readonly code: SessionErrorCode;
}

export type RefreshErrorRow = TerminalRow | TransientRow | WaitingRow;

/** Trouble that the library repairs: the app sees no error. */
export interface HealedRow extends Pick<Row, 'happens' | 'outcome'> {
  readonly verdict: 'healed';
}

/** Answers that end the session. */
export const terminalRows: readonly TerminalRow[] = [
  ends('NotAuthorizedException', 'refreshTokenExpired'),
  ends('RefreshTokenReuseException', 'rotationLost'),
  ends('UserNotFoundException', 'userNotFound'),
  ends('PasswordResetRequiredException', 'passwordResetRequired'),
  ends('UserNotConfirmedException', 'userNotConfirmed'),
];

/** Failures after which the tokens are kept and the renewal is tried again. */
export const transientRows: readonly TransientRow[] = [
  refuses('ResourceNotFoundException', 'invalidConfiguration'),
  refuses('InvalidParameterException', 'invalidConfiguration'),
  refuses('UnsupportedOperationException', 'invalidConfiguration'),
  refuses('OperationNotEnabledException', 'invalidConfiguration'),
  refuses('FeatureUnavailableInTierException', 'invalidConfiguration'),
  refuses('UserLambdaValidationException', 'refused'),
  refuses('UnexpectedLambdaException', 'refused'),
  refuses('InvalidLambdaResponseException', 'refused'),
  refuses('ForbiddenException', 'refused'),
  refuses('TooManyRequestsException', 'throttled'),
  refuses('LimitExceededException', 'throttled'),
  refuses('ThrottlingException', 'throttled'),
  refuses('InternalErrorException', 'serviceError'),
  refuses('an exception the library does not know', 'invalidResponse', 'SomethingNewException'),
  // No exception of AWS is named: an intermediary has answered, and Cognito may have refreshed the session.
  fails('200 with a page of HTML', { kind: 'htmlBody' }, 'networkError'),
  fails('200 with half of the JSON', { kind: 'truncatedBody' }, 'networkError'),
  fails('403 with a page of HTML', { kind: 'htmlBody', status: 403 }, 'networkError'),
  fails('429 without JSON', { kind: 'status', status: 429 }, 'networkError'),
  fails('500 without JSON', { kind: 'status', status: 500 }, 'networkError'),
  fails('502 with a page of HTML', { kind: 'htmlBody', status: 502 }, 'networkError'),
  fails('503 without JSON', { kind: 'status', status: 503 }, 'networkError'),
  fails('504 without JSON', { kind: 'status', status: 504 }, 'networkError'),
  fails('the connection breaks in the answer', { kind: 'truncatedBody', cut: 'broken' }, 'networkError'),
  fails('the connection breaks before Cognito has read', { kind: 'resetBeforeProcessing' }, 'networkError'),
  fails('the connection breaks after Cognito has refreshed', { kind: 'resetAfterCommit' }, 'networkError'),
  fails('the name of the endpoint is not found', { kind: 'nameNotResolved' }, 'networkError'),
  fails('the browser refuses: CORS', { kind: 'refusedByCors' }, 'networkError'),
  fails('no answer for 30 s', { kind: 'noAnswer', activeSeconds: 30 }, 'timeout'),
];

/** Nothing has failed yet, only waiting ends. */
export const waitingRows: readonly WaitingRow[] = [
  {
    verdict: 'waiting',
    happens: 'no answer for 10 s',
    trouble: { kind: 'noAnswer', activeSeconds: 10 },
    code: 'timeout',
    retryable: true,
    outcome: OUTCOMES.goesOn,
  },
];

/** `withAwsSdk` alone can meet this. */
export const lostChunkRow: HealedRow = {
  verdict: 'healed',
  happens: 'the chunk with the AWS SDK is gone',
  outcome: OUTCOMES.heals,
};

/** The table of docs/reference/refresh-failures.md, in its order. */
export const refreshErrorRows: readonly (RefreshErrorRow | HealedRow)[] = [
  ...terminalRows,
  ...transientRows,
  ...waitingRows,
  lostChunkRow,
];

function ends(serviceError: string, code: TerminalCode): TerminalRow {
  return {
    verdict: 'terminal',
    happens: serviceError,
    trouble: { kind: 'error', type: serviceError },
    code,
    serviceError,
    retryable: false,
    outcome: OUTCOMES.ends,
  };
}

/** Cognito names an exception. */
function refuses(happens: string, code: SessionErrorCode, serviceError = happens): TransientRow {
  return { ...fails(happens, { kind: 'error', type: serviceError }, code), serviceError };
}

function fails(happens: string, trouble: RefreshTrouble, code: SessionErrorCode): TransientRow {
  return {
    verdict: 'transient',
    happens,
    trouble,
    code,
    // The library tries again after a misconfiguration, too, but a caller should not wait for that.
    retryable: code !== 'invalidConfiguration',
    outcome: OUTCOMES.keeps,
  };
}
