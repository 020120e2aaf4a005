import {
  catchError,
  defer,
  EMPTY,
  map,
  merge,
  of,
  Subject,
  tap,
  throwError,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { STORAGE_LIMIT_MS } from '../config/numbers';
import type { RecordStep, Step } from '../core/record-step';
import type { RecordReading } from '../core/session-record';
import { SessionError } from '../errors/session-error';
import { untilDone } from '../platform/until-done';
import { DatabaseUnavailable, type IndexedDbItems } from './indexed-db-items';
import type { RecordStore } from './record-store';
import { limited } from './storage-call';

/** A record in a database whose connection can be lost. */
export interface DatabaseStore extends RecordStore {
  readonly items: Pick<IndexedDbItems, 'lost$' | 'forget'>;
}

/**
 * The record in a database that may be lost. The page then follows the copy, and opens the database again with back-off.
 * A refused write is not a loss.
 */
export class DatabaseRecord implements RecordStore {
  readonly #modeChanged = new Subject<void>();
  /** Hot: the database was taken away, or the mode has changed. */
  readonly disturbed$: Observable<void>;
  isDetached: boolean;
  #hasAnswered = false;
  #losses = 0;

  constructor(
    /** `null`: this browser has no IndexedDB. */
    private readonly database: DatabaseStore | null,
    /** What the page follows without its database; `null`: nothing. */
    private readonly copy: RecordStore | null,
    private readonly scheduler: SchedulerLike,
  ) {
    this.isDetached = database === null;
    const lost$: Observable<void> = database?.items.lost$ ?? EMPTY;
    this.disturbed$ = merge(lost$, this.#modeChanged);
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
    const { database, scheduler } = this;
    if (database === null) return EMPTY;
    const attempt = () =>
      limited(database.read(), STORAGE_LIMIT_MS, scheduler).pipe(
        map(() => true),
        catchError(() => {
          // A connection that does not answer.
          database.items.forget();
          return of(null);
        }),
      );
    return untilDone(attempt, scheduler).pipe(
      map(() => {
        this.#hasAnswered = true;
        this.#setDetached(false);
      }),
    );
  }

  #attached<T>(use: (database: RecordStore) => Observable<T>): Observable<T> {
    const { database } = this;
    if (database === null) return throwError(unavailable);
    return limited(use(database), STORAGE_LIMIT_MS, this.scheduler).pipe(
      tap(() => (this.#hasAnswered = true)),
      catchError((error: unknown) => {
        if (!isLoss(error)) throw error;
        database.items.forget();
        this.#losses++;
        // The caller may have left meanwhile: then its next operation is the second try.
        if (!this.#hasAnswered && this.#losses < TRIES_AT_START) return this.#attached(use);
        if (!this.isDetached) this.#setDetached(true);
        throw error;
      }),
    );
  }

  #setDetached(isDetached: boolean): void {
    this.isDetached = isDetached;
    this.#modeChanged.next();
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
    return this.copy === null ? throwError(() => unavailable(cause)) : use(this.copy);
  }
}

const TRIES_AT_START = 2;

function isLoss(error: unknown): boolean {
  return error instanceof DatabaseUnavailable || error instanceof SessionError;
}

function unavailable(cause?: unknown): SessionError {
  return new SessionError('storageError', 'The database of the session is not available.', { cause });
}
