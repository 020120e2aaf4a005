import { inject } from '@angular/core';
import { catchError, map, of, switchMap, throwError, type Observable } from 'rxjs';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import type { ActiveSession } from '../core/active-session';
import { claimStep, type Claim } from '../core/refresh-steps';
import type { Attempt } from '../core/session-record';
import { RANDOM_SOURCE } from '../platform/random';
import { SESSION_CLOCK } from '../platform/session-clock';
import { StoredRecord } from '../storage/stored-record';
import { AttemptWatch } from './attempt-watch';
import { Hints } from './hints';
import { toStored } from './session-factory';

/** What became of the wish to refresh. `id`: the attempt that was claimed; `end` it when its outcome is known. */
export type Entry =
  | (Extract<Claim, { type: 'claimed' }> & { readonly id: string })
  | Exclude<Claim, { type: 'claimed' | 'wait' }>;

/** Steps 1, 2 and 7 of the protocol: exactly one tab claims the refresh of a generation, and the others wait for it. */
export class Claims {
  readonly #config = inject(RESOLVED_CONFIG);
  readonly #record = inject(StoredRecord);
  readonly #watch = inject(AttemptWatch);
  readonly #hints = inject(Hints);
  readonly #random = inject(RANDOM_SOURCE);
  readonly #clock = inject(SESSION_CLOCK);

  /** Cold, one value; waits for as long as another attempt may be alive. Errors with `storageError`. */
  enter(held: ActiveSession): Observable<Entry> {
    return this.#claim(held).pipe(
      switchMap((entry) =>
        entry.type === 'wait' ? this.#afterOthers(held, entry.attempts) : this.#known(entry),
      ),
    );
  }

  /** The lock is requested before the claim, so that no other tab takes a claim for dead. */
  #claim(held: ActiveSession): Observable<Entry | Extract<Claim, { type: 'wait' }>> {
    const id = this.#random.id();
    return this.#watch.begin(id, held).pipe(
      switchMap((locked) =>
        this.#record.update((reading) => this.#step(held, { ...this.#attempt(held), id, locked })(reading)),
      ),
      map((claim) => {
        if (claim.type !== 'claimed') {
          this.#watch.end(id);
          return claim;
        }
        this.#watch.forget(claim.record.attempts);
        this.#hints.post({ type: 'changed' });
        return { ...claim, id };
      }),
      catchError((error: unknown) => {
        this.#watch.end(id);
        return throwError(() => error);
      }),
    );
  }

  /** A tab that waits only reads. It claims once the record lets it. */
  #afterOthers(held: ActiveSession, attempts: readonly Attempt[]): Observable<Entry> {
    return this.#watch.look(attempts).pipe(
      switchMap((isNews) => (isNews ? of(undefined) : this.#watch.change(attempts))),
      switchMap(() => this.#record.read()),
      switchMap((reading) => {
        const { result } = this.#step(held, { ...this.#attempt(held), id: '', locked: false })(reading);
        return result.type === 'wait' ? this.#afterOthers(held, result.attempts) : this.enter(held);
      }),
    );
  }

  /** Whether the owners of the attempts are alive is known only once it has been asked. */
  #known(entry: Entry): Observable<Entry> {
    return entry.type === 'pending' ? this.#watch.look(entry.attempts).pipe(map(() => entry)) : of(entry);
  }

  #step(held: ActiveSession, attempt: Attempt) {
    return (reading: Parameters<typeof claimStep>[0]) =>
      claimStep(reading, toStored(held), attempt, this.#watch, this.#config.retry);
  }

  #attempt({ gen }: ActiveSession) {
    return { gen, at: this.#clock.now() };
  }
}
