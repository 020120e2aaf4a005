import type { ResolvedOptions } from '../config/resolved-options';
import { SessionUnavailableError } from '../errors/server-session-error';
import { REQUEST_WAIT_MS } from '../model/numbers';
import { within } from '../platform/within';

/**
 * The answer of Cognito. Rejects with a `SessionUnavailableError` if it takes longer than a request waits. The call goes on:
 * `onLate` gets an answer that arrives afterwards.
 */
export function answeredInTime<T>(
  answer: Promise<T>,
  { wait }: Pick<ResolvedOptions, 'wait'>,
  onLate: (answer: T) => void = () => undefined,
): Promise<T> {
  return within(answer, {
    ms: REQUEST_WAIT_MS,
    wait,
    otherwise: () => {
      answer.then(onLate, () => undefined);
      return Promise.reject(new SessionUnavailableError('timeout', 1));
    },
  });
}
