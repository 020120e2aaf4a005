import { inject } from '@angular/core';
import {
  BehaviorSubject,
  defer,
  EMPTY,
  expand,
  identity,
  last,
  map,
  Subject,
  switchMap,
  tap,
  type MonoTypeOperatorFunction,
  type Observable,
} from 'rxjs';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import { reconcile } from '../core/reconcile';
import { isRotationPending } from '../core/renewal-failure';
import { openAttempts } from '../core/refresh-steps';
import { liveRecord, type Attempt, type RecordReading } from '../core/session-record';
import { isHeld } from '../core/session-state';
import { SessionError } from '../errors/session-error';
import { SessionStore } from '../state/session-store';
import { StoredRecord } from '../storage/stored-record';
import { CommandOrder } from './command-order';
import { EndedSessions } from './ended-sessions';
import { FailureReport, toSessionError } from './failure-report';
import { SessionFactory } from './session-factory';
import { VERIFICATION } from './verification';
import { shareRun } from '../platform/share-run';

/** Reads the record and makes the state agree: at start, after a sleep, and when another tab has changed it. */
export class SessionSync {
  readonly #config = inject(RESOLVED_CONFIG);
  readonly #store = inject(SessionStore);
  readonly #record = inject(StoredRecord);
  readonly #factory = inject(SessionFactory);
  readonly #ended = inject(EndedSessions);
  readonly #order = inject(CommandOrder);
  readonly #report = inject(FailureReport);
  readonly verification = inject(VERIFICATION, { optional: true });
  /** Passes readings on whose tokens may be used. */
  readonly verified: MonoTypeOperatorFunction<RecordReading> = this.verification?.readings ?? identity;
  #running$: Observable<void> | null = null;
  #isWanted = false;
  /** Hot: a look has found refreshes of the tokens held whose outcome is not known. Empty once the record lists none any more. */
  readonly open$ = new Subject<readonly Attempt[]>();
  #listsAttempts = false;
  /** Hot, replays: how many looks have failed in a row. */
  readonly failures$ = new BehaviorSubject(0);

  /**
   * Hot, one value; joins the look under way. `isNews`: the record may have changed since that look began, so another one
   * follows. Errors with `storageError`, or if the tokens could not be verified; nothing has changed then.
   */
  run({ isPatient = false, isNews = false } = {}): Observable<void> {
    if (this.#running$ !== null) {
      this.#isWanted ||= isNews;
      return this.#running$;
    }
    const run$ = this.#look(isPatient).pipe(
      // A hint came during the look, or its result did not apply to the state any more.
      expand((isAgain) =>
        isAgain ? this.#order.whenIdle().pipe(switchMap(() => this.#look(false))) : EMPTY,
      ),
      last(),
      map(() => undefined),
      tap({ next: () => this.#end(0), error: () => this.#end(this.failures$.value + 1) }),
      shareRun(),
    );
    this.#running$ = run$;
    run$.subscribe({ error: () => undefined });
    return run$;
  }

  #end(failures: number): void {
    this.#running$ = null;
    this.failures$.next(failures);
  }

  /** Emits whether another look must follow. */
  #look(isPatient: boolean): Observable<boolean> {
    return defer(() => {
      this.#isWanted = false;
      const { state: before } = this.#store;
      const { count } = this.#order;
      return this.#record.read({ isPatient }).pipe(
        this.verified,
        map((reading) => {
          if (count !== this.#order.count || isOther(before, this.#store.state)) return true;
          this.#follow(this.#ended.honour(reading));
          this.#reportOpen(reading);
          return this.#isWanted;
        }),
      );
    });
  }

  #follow(reading: RecordReading): void {
    const store = this.#store;
    const open = this.#factory.fromStored.bind(this.#factory);
    try {
      const change = reconcile(store.state, reading, open, this.#config.onUserSwitch);
      if (change === null) return;
      if (change.type === 'unreadable') this.#report.log(change.error);
      store.apply(change);
    } catch (cause) {
      // The stored tokens are of another pool, or damaged.
      const error = new SessionError('storageError', 'The stored session cannot be used.', {
        cause: toSessionError(cause),
      });
      // Not again at each look of a page that is signed out because of it.
      if (store.state.status !== 'signedOut') this.#report.log(error);
      store.apply({ type: 'unreadable', error });
    }
  }

  #reportOpen(reading: RecordReading): void {
    const { held } = this.#store;
    const isWaiting = held !== null && (held.failure === null || isRotationPending(held.failure));
    const open = isWaiting ? openAttempts(reading, held.active) : [];
    const hasListed = this.#listsAttempts;
    this.#listsAttempts = (liveRecord(reading)?.attempts ?? []).length > 0;
    if (open.length > 0 || (hasListed && !this.#listsAttempts)) this.open$.next(open);
  }
}

/** Whether a command, or a hint, has changed the session during a look. */
function isOther(before: SessionStore['state'], now: SessionStore['state']): boolean {
  const { status, active } = before;
  // A reading from before the page was hidden confirms nothing.
  if (isHeld(now) && now.suspect && !(isHeld(before) && before.suspect)) return true;
  return (
    active?.sid !== now.active?.sid ||
    active?.gen !== now.active?.gen ||
    (active === null && status !== now.status)
  );
}
