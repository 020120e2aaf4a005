import { inject } from '@angular/core';
import { catchError, map, of, switchMap, tap, type Observable } from 'rxjs';
import { SECOND_MS } from '../config/numbers';
import { endStep } from '../core/end-step';
import { liveRecord } from '../core/session-record';
import { IS_BROWSER } from '../platform/is-browser';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SessionStore } from '../state/session-store';
import { StoredRecord } from '../storage/stored-record';
import { DueWatch } from './due-watch';
import { FailureReport, toSessionError } from './failure-report';
import { Hints } from './hints';
import { PageWatch } from './page-watch';
import { SessionFactory } from './session-factory';
import { SessionSync } from './session-sync';
import { SignOut } from './sign-out';

/** Use case: the page starts. */
export class SessionStart {
  readonly #store = inject(SessionStore);
  readonly #record = inject(StoredRecord);
  readonly #sync = inject(SessionSync);
  readonly #factory = inject(SessionFactory);
  readonly #signOut = inject(SignOut);
  readonly #hints = inject(Hints);
  readonly #report = inject(FailureReport);
  readonly #dueWatch = inject(DueWatch);
  readonly #pageWatch = inject(PageWatch);
  readonly #clock = inject(SESSION_CLOCK);
  readonly #isBrowser = inject(IS_BROWSER);
  #isWatching = false;

  /** Timers and signals of a session, which it needs also if nothing was restored. Nothing runs on a server. */
  watch(): void {
    if (!this.#isBrowser || this.#isWatching) return;
    this.#isWatching = true;
    this.#dueWatch.start();
    this.#pageWatch.start();
  }

  /**
   * Cold; completes the state that the page starts with: first the copy, then the record. The import of another library's
   * session comes first. A sign-out that an earlier page did not finish is honoured by every look. Never errors: what cannot be read is reported, and
   * becomes a state.
   */
  restore(): Observable<void> {
    return (this.#signOut.import?.run() ?? of(undefined)).pipe(
      switchMap(() => {
        // Not before: a wake signal would find no session.
        this.watch();
        // A command has decided already.
        if (this.#store.state.status !== 'restoring') return of(undefined);
        // The copy is not verified, and the record comes next.
        if (!this.#record.hasMarkers && !this.#sync.verification) this.#show();
        return this.#endWithoutCookie().pipe(
          switchMap(() => this.#sync.run({ isPatient: true })),
          tap(() => this.#record.mirror()),
        );
      }),
      catchError((cause: unknown) => {
        const error = toSessionError(cause);
        const isUndecided = this.#store.state.status === 'restoring' && this.#store.active === null;
        if (isUndecided) {
          this.#report.log(error);
          this.#store.apply({ type: 'notRestored', reason: 'storageUnreadable', error });
        } else this.#report.tell(error);
        return of(undefined);
      }),
    );
  }

  #show(): void {
    const shown = liveRecord(this.#record.peek());
    if (shown === null) return;
    try {
      const active = this.#factory.fromStored(shown);
      if (this.#factory.isLive(active)) this.#store.apply({ type: 'shown', active });
    } catch {
      // The copy is of another pool, or damaged. The record decides.
    }
  }

  /** Cookies are also the lifetime of a session: a browser or a server that drops them ends it. */
  #endWithoutCookie(): Observable<void> {
    const nowMs = this.#clock.now();
    const target = { before: nowMs - YOUNG_SESSION_MS };
    return this.#record.isCookieGone().pipe(
      switchMap((isGone) =>
        isGone
          ? this.#record.update((reading) => endStep(reading, target, nowMs, { reason: 'storageCleared' }))
          : of(null),
      ),
      map((ended) => {
        if (ended === null) return;
        this.#hints.post({ type: 'changed' });
        this.#store.apply({ type: 'notRestored', reason: 'storageCleared' });
      }),
    );
  }
}

/** The cookie of a younger session may be on its way. */
const YOUNG_SESSION_MS = 10 * SECOND_MS;
