import { inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { defer, EMPTY, expand, ignoreElements, map, of, Subject, switchMap, type Observable } from 'rxjs';
import { mergeAhead } from '../core/ahead-copy';
import type { RecordReading } from '../core/session-record';
import type { SessionError } from '../errors/session-error';
import { coalesced } from '../platform/coalesced';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { untilSuccess } from '../platform/until-done';
import type { RecordPlace } from './record-place';
import { storageErrors, toStorageError } from './storage-call';

/** What the agreement does with the record. */
export interface AgreementParts {
  readonly look: () => Observable<RecordReading>;
  /** A marker has ended the record, or the copy is ahead of it: the record takes that over. */
  readonly step: () => Observable<unknown>;
  /** A copy or a marker could not be brought in line. Called for the first failure. */
  readonly onFailure: (error: SessionError) => void;
}

/** Makes the copy say what the record says, and removes the sign-out markers that have nothing left to end. */
export class RecordAgreement {
  readonly #scheduler = inject(SESSION_SCHEDULER);
  readonly #wanted = new Subject<void>();
  #isFailing = false;

  constructor(
    private readonly place: RecordPlace,
    private readonly parts: AgreementParts,
  ) {
    this.#wanted
      .pipe(
        coalesced(() => this.#reachInTheEnd()),
        takeUntilDestroyed(),
      )
      .subscribe();
  }

  /** Reaches the agreement in the background, however often that fails. */
  request(): void {
    this.#wanted.next();
  }

  /** Cold; completes once copy and markers agree with the record. Errors with `storageError`. */
  reach(): Observable<never> {
    const { copy, markers, database } = this.place;
    if (database?.isDetached === true || (copy === null && markers.list().length === 0)) return EMPTY;
    const round = () => this.#round();
    return defer(round).pipe(
      expand((isWritten) => (isWritten ? round() : EMPTY)),
      ignoreElements(),
      storageErrors(),
    );
  }

  /** Writes the copy. A failure is reported. */
  write(reading: RecordReading, ahead = false): void {
    try {
      this.place.copy?.write(reading, ahead);
    } catch (error) {
      this.#report(error);
    }
  }

  /** Emits whether anything was written: then another page may have changed the record meanwhile. */
  #round(): Observable<boolean> {
    const { copy, markers, database } = this.place;
    // A marker that is left later brings an agreement of its own.
    const found = markers.list();
    return this.parts.look().pipe(
      switchMap((reading) => {
        // Without the database this is what the copy says, and no marker has done its work.
        if (reading === 'future' || reading === 'corrupt' || database?.isDetached === true) return of(false);
        const shown = copy?.peek() ?? 'none';
        const isAhead = copy?.canBegin === true && mergeAhead(reading, shown).reading !== reading;
        if (isAhead || markers.honour(reading, found) !== reading)
          return this.parts.step().pipe(map(() => true));
        if (copy !== null && shown !== 'future' && copy.write(reading)) return of(true);
        markers.settle(found, reading);
        return of(false);
      }),
    );
  }

  #reachInTheEnd(): Observable<never> {
    return defer(() => this.reach()).pipe(untilSuccess(this.#scheduler, (error) => this.#report(error)));
  }

  #report(error: unknown): void {
    if (!this.#isFailing) this.parts.onFailure(toStorageError(error));
    this.#isFailing = true;
  }
}
