import { DestroyRef, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { catchError, finalize, map, of, Subject, type Observable } from 'rxjs';
import type { ActiveSession } from '../core/active-session';
import { keep, type RecordStep } from '../core/record-step';
import type { Commit } from '../core/record-steps';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { untilDone } from '../platform/until-done';
import { SessionStore } from '../state/session-store';
import { StoredRecord } from '../storage/stored-record';
import { AttemptWatch } from './attempt-watch';
import { Hints } from './hints';
import { toStored } from './session-factory';

/** Tokens that the storage has refused. This tab goes on with them, and tries until they are stored. */
export class UnsavedTokens {
  private readonly record = inject(StoredRecord);
  private readonly store = inject(SessionStore);
  private readonly watch = inject(AttemptWatch);
  private readonly hints = inject(Hints);
  private readonly scheduler = inject(SESSION_SCHEDULER);
  private readonly destroyRef = inject(DestroyRef);
  private readonly unsaved = new Set<string>();
  private readonly outdated = new Subject<void>();

  /** Hot: the record knows better, because another tab has refreshed, or the session is over. */
  readonly outdated$: Observable<void> = this.outdated;

  /** Whether these tokens are not stored yet. */
  has({ sid, gen }: ActiveSession): boolean {
    return this.unsaved.has(nameOf(sid, gen));
  }

  /**
   * Takes the step again and again: until it succeeds, newer tokens or another session take their place, or the injector
   * is destroyed. `attempt`: the one that brought them; it is open for so long.
   */
  keep(active: ActiveSession, step: RecordStep<Commit>, attempt?: string): void {
    const { sid, gen } = active;
    this.unsaved.add(nameOf(sid, gen));
    this.record.keepUnsaved(toStored(active));
    untilDone(() => this.save(active, step), this.scheduler)
      .pipe(
        takeUntilDestroyed(this.destroyRef),
        finalize(() => {
          this.unsaved.delete(nameOf(sid, gen));
          if (attempt !== undefined) this.watch.end(attempt);
        }),
      )
      .subscribe(() => this.hints.post({ type: 'changed' }));
  }

  /** `null`: not yet. */
  private save({ sid, gen }: ActiveSession, step: RecordStep<Commit>): Observable<true | null> {
    const isCurrent = this.store.active?.sid === sid && this.store.active.gen === gen;
    // Any step stores what was kept, or drops it for what has taken its place.
    return this.record.update(isCurrent ? step : () => keep<Commit>('committed')).pipe(
      map((outcome) => {
        if (outcome !== 'committed') this.outdated.next();
        return true as const;
      }),
      catchError(() => of(null)),
    );
  }
}

function nameOf(sid: string, gen: number): string {
  return `${sid}/${String(gen)}`;
}
