import type { InternalState } from '../core/session-state';
import { SessionError } from '../errors/session-error';
import type { SessionErrorCode } from '../errors/session-error-code';

/** The error for a caller whose session has ended meanwhile: why it ended, else `otherwise`. Pure. */
export function sessionOver(
  state: InternalState,
  otherwise: SessionErrorCode,
  message: string,
): SessionError {
  const isKnown =
    state.status === 'signedOut' && state.reason !== 'signedOut' && state.reason !== 'noSession';
  return isKnown
    ? new SessionError(state.reason, 'The session has ended.')
    : new SessionError(otherwise, message);
}
