import { catchError, defer, map, of, throwError, type Observable, type SchedulerLike } from 'rxjs';
import { STORAGE_LIMIT_MS } from '../config/numbers';
import type { RecordStep, Step } from '../core/record-step';
import type { RecordReading } from '../core/session-record';
import { SessionError } from '../errors/session-error';
import { untilDone } from '../platform/until-done';
import { DatabaseUnavailable } from './indexed-db-items';
import type { RecordStore } from './record-store';
import { limited } from './storage-call';

export interface DatabaseParts {
  /** `null`: this browser has no IndexedDB. */
  readonly database: RecordStore | null;
  /** What the page follows without its database; `null`: nothing. */
  readonly copy: RecordStore | null;
  readonly scheduler: SchedulerLike;
  /** Gives up a connection that does not answer. */
  readonly forget: () => void;
  readonly onModeChange: () => void;
}

/**
 * The record in a database that may be lost. The page then follows the copy, and opens the database again with back-off.
 * A refused write is not a loss.
 */
export class DatabaseRecord implements RecordStore {
  isDetached: boolean;
  #hasAnswered = false;
  #losses = 0;

  constructor(private readonly parts: DatabaseParts) {
    this.isDetached = parts.database === null;
  }

  read(): Observable<RecordReading> {
    return defer(() =>
      this.isDetached
        ? this.#readCopy()
        : this.#attached((database) => database.read()).pipe(
            catchError((error: unknown) =>
              this.isDetached ? this.#readCopy(error) : throwError(() => error),
            ),
          ),
    );
  }

  /** Errors if the database is lost meanwhile: it may carry the step out all the same, so the caller tries again. */
  update<T>(step: RecordStep<T>): Observable<Step<T>> {
    return defer(() =>
      this.isDetached
        ? this.#detached((copy) => copy.update(step))
        : this.#attached((database) => database.update(step)),
    );
  }

  /** Cold; tries to open the database again until it answers. */
  reattach(): Observable<void> {
    const { database, scheduler, onModeChange } = this.parts;
    if (database === null) return of();
    const attempt = () =>
      limited(database.read(), STORAGE_LIMIT_MS, scheduler).pipe(
        map(() => true),
        catchError(() => {
          this.parts.forget();
          return of(null);
        }),
      );
    return untilDone(attempt, scheduler).pipe(
      map(() => {
        this.isDetached = false;
        this.#hasAnswered = true;
        onModeChange();
      }),
    );
  }

  #attached<T>(use: (database: RecordStore) => Observable<T>): Observable<T> {
    const { database, scheduler, forget, onModeChange } = this.parts;
    if (database === null) return throwError(unavailable);
    return limited(use(database), STORAGE_LIMIT_MS, scheduler).pipe(
      map((value) => {
        this.#hasAnswered = true;
        return value;
      }),
      catchError((error: unknown) => {
        if (!isLoss(error)) throw error;
        forget();
        this.#losses++;
        // The caller may have left meanwhile: then its next operation is the second try.
        if (!this.#hasAnswered && this.#losses < TRIES_AT_START) return this.#attached(use);
        if (!this.isDetached) {
          this.isDetached = true;
          onModeChange();
        }
        throw error;
      }),
    );
  }

  /** A copy that is missing says nothing of what the database, which has answered before, may hold. */
  #readCopy(cause?: unknown): Observable<RecordReading> {
    return this.#detached((copy) => copy.read(), cause).pipe(
      map((reading) => {
        if (reading === 'none' && this.#hasAnswered) throw unavailable(cause);
        return reading;
      }),
    );
  }

  #detached<T>(use: (copy: RecordStore) => Observable<T>, cause?: unknown): Observable<T> {
    return this.parts.copy === null ? throwError(() => unavailable(cause)) : use(this.parts.copy);
  }
}

const TRIES_AT_START = 2;

function isLoss(error: unknown): boolean {
  return error instanceof DatabaseUnavailable || error instanceof SessionError;
}

function unavailable(cause?: unknown): SessionError {
  return new SessionError('storageError', 'The database of the session is not available.', { cause });
}
