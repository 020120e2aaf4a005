import { inject, Injectable } from '@angular/core';
import {
  catchError,
  filter,
  map,
  of,
  shareReplay,
  startWith,
  Subject,
  switchMap,
  take,
  tap,
  throwError,
  type Observable,
} from 'rxjs';
import { ConfigHolder } from '../config/config-holder';
import { STORAGE_LIMIT_MS } from '../config/numbers';
import {
  enterStep,
  failStep,
  hurryStep,
  refuseStep,
  type Attempt,
  type AttemptKnowledge,
  type TransientFailure,
} from '../core/attempt-steps';
import { commitStep, HANDED_OVER, type Answer, type LedgerStep } from '../core/ledger-steps';
import type {
  LedgerEndReason,
  LedgerFailure,
  LedgerReading,
  RefusalReason,
  SessionLedger,
} from '../core/session-ledger';
import type { SessionError } from '../errors/session-error';
import { InTurn } from '../platform/in-turn';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { OwnAttempts } from './own-attempts';
import { committed, newerOrGone, sessionReading, supersededOrGone, toRecordRefusal } from './record-outcomes';
import type {
  CommitOutcome,
  RecordClaimant,
  RecordEntry,
  RecordReading,
  RecordRefusal,
  SessionRecord,
} from './session-record';
import { pickSession, SessionValues, type StoredValue } from './session-values';
import { SESSION_STORAGE } from './session-storage-token';
import { limited } from './storage-call';
import type { StoredSession } from './stored-session';

/**
 * No record but the storage itself: the one value present is the session. For pages that live alone. The steps are those
 * of the shared record, on a record put together from the value and from memory.
 */
@Injectable()
export class StorageSessionRecord implements SessionRecord {
  private readonly adapter = inject(SESSION_STORAGE);
  private readonly scheduler = inject(SESSION_SCHEDULER);
  private readonly values$: Observable<SessionValues> = inject(ConfigHolder).config$.pipe(
    map(({ namespace }) => new SessionValues(this.adapter, namespace)),
    // One instance: its index keeps its own changes in order.
    shareReplay({ bufferSize: 1, refCount: false }),
  );
  /** What the storage refused to take: this tab goes on with it. */
  private unsaved: StoredSession | null = null;
  /** Read, step and write are no transaction: the next one waits. */
  private readonly steps = new InTurn();
  /** Values of sessions other than `keep` are still there: the storage refused to remove them. */
  private owed: { readonly keep: string | null } | null = null;
  private readonly changes = new Subject<void>();
  private readonly attempts = new OwnAttempts();
  /** What lies in the storage, as far as this page knows. */
  private latest: StoredSession | null = null;
  private readonly ended = new Set<string>();
  private isEndedElsewhere = false;
  private readonly disturbed = new Subject<void>();
  private successor$: Observable<SessionRecord> | null = null;

  get held(): StoredSession | null {
    return this.latest;
  }

  /** Hot; something was written, removed, begun or brought to an end. */
  get changes$(): Observable<void> {
    return this.changes.asObservable();
  }

  /** Whether the user has signed out of it here, or in anew: a copy of it must not be taken up. */
  hasEnded(sid: string): boolean {
    return this.ended.has(sid);
  }

  /** Cold; the page that this one's storage was copied from has ended the session. */
  endElsewhere(sid: string): Observable<unknown> {
    return this.remove(sid).pipe(
      catchError(() => of([])),
      tap(() => {
        this.isEndedElsewhere = true;
        this.disturbed.next();
      }),
    );
  }

  /**
   * Whoever wants to renew waits for the record that this page goes on with: two tabs that hold the same tokens must not
   * send them beside each other. `null`: nobody has to wait any more.
   */
  handOver(successor$: Observable<SessionRecord> | null): void {
    this.successor$ = successor$;
  }

  /** Cold; emits once no attempt of this page is open, and completes. */
  whenIdle(): Observable<void> {
    return this.changes.pipe(
      startWith(undefined),
      filter(() => !this.isAtWork),
      take(1),
    );
  }

  get isAtWork(): boolean {
    return this.attempts.isAtWork;
  }

  /** There is no other record: `restore` itself is as quick as the storage. */
  peek(): null {
    return null;
  }

  isShared(): Observable<boolean> {
    return of(false);
  }

  /** Asked before each claim. */
  isWatched(): Observable<boolean> {
    if (this.successor$ === null) return of(false);
    return this.successor$.pipe(
      take(1),
      switchMap((record) => (record === this ? of(false) : record.isWatched())),
    );
  }

  disturbances(): Observable<void> {
    return this.disturbed;
  }

  restore(): Observable<RecordReading> {
    return this.values$.pipe(
      switchMap((values) => values.readAll()),
      map((values) => this.pick(values)),
    );
  }

  current(): Observable<RecordReading> {
    return this.limited((values) => values.readAll()).pipe(map((values) => this.pick(values)));
  }

  private pick(values: readonly StoredValue[]): RecordReading {
    const reading = pickSession(values);
    if (reading.type === 'session') {
      this.latest = reading.session;
      // A sign-in was cut off: the other one of the two must not come back once this one has ended.
      if (values.filter((value) => value.reading.type === 'session').length > 1)
        this.owed ??= { keep: reading.session.sid };
    }
    return reading.type === 'none' && this.isEndedElsewhere ? { type: 'none', why: 'signedOut' } : reading;
  }

  /** What could not even be written at first is in this page alone; for anything else the storage has to answer. */
  read(sid: string): Observable<RecordReading> {
    const isBegun = this.unsaved?.sid === sid && this.unsaved.gen > 1;
    return isBegun ? this.readStored(sid) : this.readOrRemember(sid);
  }

  private readStored(sid: string): Observable<RecordReading> {
    const unsaved = this.unsaved?.sid === sid ? this.unsaved : null;
    return this.limited((values) => values.read(sid)).pipe(map((stored) => newerOf(stored, unsaved)));
  }

  /** For steps: a storage that cannot be read keeps nobody from going on with what this page holds. */
  private readOrRemember(sid: string): Observable<RecordReading> {
    const unsaved = this.unsaved?.sid === sid ? this.unsaved : null;
    return this.readStored(sid).pipe(
      catchError((error: unknown) =>
        unsaved === null ? throwError(() => error) : of(sessionReading(unsaved)),
      ),
    );
  }

  begin(session: StoredSession): Observable<CommitOutcome> {
    return this.write(session).pipe(map((unsaved) => committed(unsaved)));
  }

  enter(held: StoredSession, claim: RecordClaimant, knowledge: AttemptKnowledge): Observable<RecordEntry> {
    const { sid, gen } = held;
    return this.step(sid, (reading) => enterStep(reading, { sid, gen, ...claim }, knowledge)).pipe(
      switchMap(({ result }): Observable<RecordEntry> => {
        switch (result.type) {
          case 'claimed':
            return of({ type: 'claimed', refreshToken: result.ledger.tokens?.refreshToken });
          case 'newer':
            return this.read(sid).pipe(map(newerOrGone));
          // Somebody has put back an older value: what this page holds comes first, then everything else.
          case 'older':
            return this.write(held).pipe(
              switchMap((error) =>
                error === null ? this.enter(held, claim, knowledge) : throwError(() => error),
              ),
            );
          case 'ended':
            return of({ type: 'ended', reason: result.reason });
          default:
            return of(result);
        }
      }),
    );
  }

  commit(session: StoredSession, answer: Answer = HANDED_OVER): Observable<CommitOutcome> {
    return this.step(session.sid, (reading) => commitStep(reading, session, answer)).pipe(
      switchMap(({ next, result, unsaved }): Observable<CommitOutcome> => {
        switch (result.type) {
          case 'committed':
            // The same commit again: only what the storage refused has yet to be written.
            return next !== null || this.unsaved === null
              ? of(committed(unsaved))
              : this.write(session).pipe(map((unsaved) => committed(unsaved)));
          case 'superseded':
            return this.read(session.sid).pipe(
              map((reading) => supersededOrGone(reading, session, result.dropped)),
            );
          case 'gone':
            return of({ type: 'gone' });
        }
      }),
      // A storage that cannot even be read must not cost the tokens just received.
      catchError((error: SessionError) => of(committed(this.keepInMemory(session, error)))),
    );
  }

  refuse(
    attempt: Attempt,
    reason: RefusalReason,
    knowledge: Pick<AttemptKnowledge, 'mayLive'>,
  ): Observable<RecordRefusal> {
    return this.step(attempt.sid, (reading) => refuseStep(reading, attempt, reason, knowledge)).pipe(
      map(({ result }) => toRecordRefusal(result)),
    );
  }

  fail(attempt: Attempt, failure: TransientFailure): Observable<LedgerFailure | null> {
    return this.step(attempt.sid, (reading) => failStep(reading, attempt, failure)).pipe(
      map(({ result }) => result),
    );
  }

  hurry(sid: string, now: Pick<TransientFailure, 'nowMs' | 'random'>): Observable<LedgerFailure | null> {
    return this.step(sid, (reading) => hurryStep(reading, sid, now)).pipe(map(({ result }) => result));
  }

  keepOnly(sid: string | null): Observable<readonly StoredSession[]> {
    if (this.unsaved?.sid !== sid) this.unsaved = null;
    if (this.latest?.sid !== sid) this.latest = null;
    this.owed = { keep: sid };
    return this.limited((values) => values.keepOnly(sid)).pipe(
      tap((removed) => {
        this.owed = null;
        for (const session of removed) this.ended.add(session.sid);
      }),
    );
  }

  remove(sid: string, reason?: LedgerEndReason): Observable<readonly StoredSession[]> {
    return this.read(sid).pipe(
      catchError(() => of<RecordReading>({ type: 'none' })),
      switchMap((reading) => {
        const session = reading.type === 'session' ? reading.session : null;
        const found = [session, this.attempts.end(sid)];
        if (this.unsaved?.sid === sid) this.unsaved = null;
        if (this.latest?.sid === sid) this.latest = null;
        if (reason === undefined) this.ended.add(sid);
        this.changes.next();
        return this.limited((values) => values.remove(sid)).pipe(
          // What the storage refused to give up earlier must not be found by the next page.
          switchMap(() => (this.owed === null ? of([]) : this.keepOnly(keptAfter(this.owed, sid)))),
          map((others) => [...found.filter((one) => one !== null), ...others]),
        );
      }),
    );
  }

  /** One step on the record as it would be. Its tokens are written, everything else is kept in memory. */
  private step<S extends LedgerStep<unknown>>(
    sid: string,
    step: (reading: LedgerReading) => S,
  ): Observable<S & { readonly unsaved: SessionError | null }> {
    return this.steps.run(() =>
      this.readOrRemember(sid).pipe(
        switchMap((reading) => {
          if (reading.type !== 'session') return of({ ...step({ type: 'none' }), unsaved: null });
          const { session } = reading;
          const taken = step({ type: 'ledger', ledger: this.attempts.ledgerOf(session) });
          return this.take(session, taken.next).pipe(map((unsaved) => ({ ...taken, unsaved })));
        }),
      ),
    );
  }

  private take(before: StoredSession, next: SessionLedger | null): Observable<SessionError | null> {
    if (next === null) return of(null);
    const { sid, gen, tokens } = next;
    this.attempts.take(next);
    this.changes.next();
    const isWritten = sid === null || tokens === undefined || tokens === before.tokens;
    return isWritten ? of(null) : this.write({ sid, gen, tokens });
  }

  private write(session: StoredSession): Observable<SessionError | null> {
    this.latest = session;
    this.ended.delete(session.sid);
    this.isEndedElsewhere = false;
    this.changes.next();
    return this.limited((values) => values.write(session)).pipe(
      map(() => {
        this.unsaved = null;
        return null;
      }),
      catchError((error: SessionError) => of(this.keepInMemory(session, error))),
    );
  }

  private keepInMemory(session: StoredSession, error: SessionError): SessionError {
    this.unsaved = session;
    return error;
  }

  private limited<T>(call: (values: SessionValues) => Observable<T>): Observable<T> {
    return limited(this.values$.pipe(switchMap(call)), STORAGE_LIMIT_MS, this.scheduler);
  }
}

/** What an earlier cleaning was to spare, unless it is what goes now. */
function keptAfter({ keep }: { readonly keep: string | null }, removed: string): string | null {
  return keep === removed ? null : keep;
}

function newerOf(stored: RecordReading, unsaved: StoredSession | null): RecordReading {
  if (unsaved === null || (stored.type === 'session' && stored.session.gen >= unsaved.gen)) return stored;
  return sessionReading(unsaved);
}
