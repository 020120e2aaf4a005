import {
  catchError,
  defer,
  from,
  of,
  throwError,
  timeout,
  type MonoTypeOperatorFunction,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { SessionError } from '../errors/session-error';

/**
 * One call of a storage adapter, synchronous or not: cold, one value, a storageError whatever it threw. A synchronous
 * adapter answers synchronously: nothing stands between the restore and the state.
 */
export function storageCall<T>(call: () => T | PromiseLike<T>): Observable<T> {
  return defer(() => {
    const result = call();
    return isPromiseLike(result) ? from(result) : of(result);
  }).pipe(storageErrors());
}

/** Turns whatever a storage throws into `storageError`. */
export function storageErrors<T>(): MonoTypeOperatorFunction<T> {
  return catchError((error: unknown) => {
    throw toStorageError(error);
  });
}

/** Whatever a storage threw, as `storageError`. */
export function toStorageError(cause: unknown): SessionError {
  return cause instanceof SessionError ? cause : storageError('The storage failed.', cause);
}

/** Gives up a storage that does not answer within `limitMs`. */
export function limited<T>(call: Observable<T>, limitMs: number, scheduler: SchedulerLike): Observable<T> {
  return call.pipe(
    timeout({
      first: limitMs,
      scheduler,
      with: () => throwError(() => storageError('The storage did not answer in time.')),
    }),
  );
}

function isPromiseLike<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof (value as Partial<PromiseLike<T>> | null | undefined)?.then === 'function';
}

function storageError(message: string, cause?: unknown): SessionError {
  return new SessionError('storageError', message, { cause });
}
