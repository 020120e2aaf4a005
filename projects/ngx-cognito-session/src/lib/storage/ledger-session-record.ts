import { catchError, EMPTY, forkJoin, map, of, switchMap, throwError, type Observable } from 'rxjs';
import {
  enterStep,
  failStep,
  hurryStep,
  refuseStep,
  type Attempt,
  type AttemptKnowledge,
  type TransientFailure,
} from '../core/attempt-steps';
import {
  beginStep,
  commitStep,
  HANDED_OVER,
  withoutAttempt,
  type Answer,
  type BeginCondition,
} from '../core/ledger-steps';
import type {
  LedgerEndReason,
  LedgerFailure,
  LedgerReading,
  RefusalReason,
  SessionLedger,
} from '../core/session-ledger';
import { SessionError } from '../errors/session-error';
import type { LedgerItems } from './ledger-items';
import { LedgerLeftovers } from './ledger-leftovers';
import { LedgerRestore } from './ledger-restore';
import { completed, foundOf } from './ledger-sessions';
import { storedIn, type LedgerTokens } from './ledger-tokens';
import { committed, newerOrGone, sessionReading, supersededOrGone, toRecordRefusal } from './record-outcomes';
import type {
  Beginning,
  CommitOutcome,
  RecordClaimant,
  RecordEntry,
  RecordReading,
  RecordRefusal,
  SessionRecord,
} from './session-record';
import type { StoredSession } from './stored-session';

export interface RecordSharing {
  /** Whether tabs talk to each other about it. */
  readonly isShared: boolean;
  /** Somebody has deleted the database, or cleared the storage beside it. */
  readonly disturbances$: Observable<void>;
}

const UNDISTURBED: RecordSharing = { isShared: true, disturbances$: EMPTY };

/** What the database refused to take; this tab goes on with it and tries again. */
interface Unsaved {
  readonly session: StoredSession;
  readonly step: Answer | Beginning;
  /** Sessions that it took the place of, here alone: the record may still show one of them. */
  readonly replaced: readonly string[];
}

/** A sign-in whose page has told nothing else. */
const BEGINNING: Beginning = { isWanted: () => true, replaces: null, at: 0 };

/** What stands in for the step of a record that does not know the session held: this tab alone holds its tokens. */
const OFF_RECORD: RecordEntry = { type: 'claimed', refreshToken: undefined };

/**
 * The record all tabs share: one in IndexedDB is the truth, tokens lie in it or, for any other storage, in a value beside
 * it. Steps are the pure functions of `core/ledger-steps.ts`, each applied in one transaction.
 */
export class LedgerSessionRecord implements SessionRecord {
  private unsaved: Unsaved | null = null;
  private readonly leftovers: LedgerLeftovers;
  private readonly restoring: LedgerRestore;
  constructor(
    private readonly ledger: LedgerItems,
    private readonly tokens: LedgerTokens,
    private readonly sharing: RecordSharing = UNDISTURBED,
  ) {
    this.leftovers = new LedgerLeftovers(ledger, tokens);
    this.restoring = new LedgerRestore(ledger, tokens, this.leftovers);
  }

  peek(): StoredSession | null {
    return this.tokens.values?.peek() ?? null;
  }

  isShared(): Observable<boolean> {
    return of(this.sharing.isShared);
  }

  isWatched(): Observable<boolean> {
    return of(true);
  }

  disturbances(): Observable<void> {
    return this.sharing.disturbances$;
  }

  restore(): Observable<RecordReading> {
    return this.restoring.read('patient');
  }

  current(): Observable<RecordReading> {
    return this.restoring.read('impatient');
  }

  read(sid: string): Observable<RecordReading> {
    const unsaved = this.unsaved?.session.sid === sid ? this.unsaved : null;
    return this.ledger.read().pipe(
      switchMap((reading): Observable<RecordReading> => {
        if (reading.type === 'ledger' && reading.ledger.sid === sid) {
          // It had arrived after all, though nobody said so in time.
          if (unsaved !== null && reading.ledger.gen >= unsaved.session.gen) this.unsaved = null;
          const isOlder = unsaved !== null && reading.ledger.gen < unsaved.session.gen;
          return isOlder ? of(sessionReading(unsaved.session)) : this.tokens.find(reading.ledger);
        }
        const isEnded = reading.type === 'ledger' && reading.ledger.ended === sid;
        if (unsaved !== null && isBeginning(unsaved.step) && !isEnded)
          return of(sessionReading(unsaved.session));
        return of<RecordReading>({ type: 'none', why: whyGone(reading) });
      }),
      // What has yet to begin is nobody else's to end; anything else may have been ended by another tab.
      catchError((error: unknown) =>
        unsaved !== null && isBeginning(unsaved.step)
          ? of(sessionReading(unsaved.session))
          : throwError(() => error),
      ),
    );
  }

  begin(session: StoredSession, beginning = BEGINNING): Observable<CommitOutcome> {
    return this.ledger
      .change((reading) => beginStep(reading, session, this.conditionOf(session, beginning)))
      .pipe(
        switchMap(({ result, replaced }): Observable<CommitOutcome> => {
          if (result === 'future') throw futureError();
          if (this.unsaved?.session.sid === session.sid) this.unsaved = null;
          if (result === 'ended') return of({ type: 'gone' });
          if (result === 'known') return of(committed(null));
          this.leftovers.noteReplaced(replaced);
          return this.tokens.write(session).pipe(map((unsaved) => committed(unsaved, true)));
        }),
        catchError((error: SessionError) => of(this.keepInMemory(session, beginning, error))),
      );
  }

  enter(held: StoredSession, claim: RecordClaimant, knowledge: AttemptKnowledge): Observable<RecordEntry> {
    const { unsaved } = this;
    const isUnsaved = unsaved?.session.sid === held.sid && unsaved.session.gen >= held.gen;
    const saved$: Observable<CommitOutcome | null> = isUnsaved ? this.save(unsaved) : of(null);
    return saved$.pipe(
      switchMap((outcome) =>
        outcome?.type === 'committed' && outcome.unsaved !== null && this.unsaved !== null
          ? of(OFF_RECORD)
          : this.enterRecord(held, claim, knowledge),
      ),
    );
  }

  private enterRecord(
    held: StoredSession,
    claim: RecordClaimant,
    knowledge: AttemptKnowledge,
  ): Observable<RecordEntry> {
    const { sid, gen } = held;
    return this.ledger
      .change((reading) => enterStep(reading, { sid, gen, ...claim }, knowledge))
      .pipe(
        switchMap(({ result }): Observable<RecordEntry> => {
          switch (result.type) {
            case 'claimed':
              return of({ type: 'claimed', refreshToken: refreshTokenIn(result.ledger) });
            case 'newer':
              return this.tokens.find(result.ledger).pipe(map(newerOrGone));
            case 'older':
              return this.commit(held).pipe(
                switchMap((outcome) =>
                  outcome.type === 'committed' && this.unsaved !== null
                    ? of(OFF_RECORD)
                    : this.enterRecord(held, claim, knowledge),
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
    const { unsaved } = this;
    if (unsaved?.session.sid === session.sid && isBeginning(unsaved.step))
      return this.begin(session, unsaved.step);
    return this.ledger
      .change((reading) => commitStep(reading, session, answer))
      .pipe(
        switchMap(({ result }): Observable<CommitOutcome> => {
          if (this.unsaved?.session.sid === session.sid) this.unsaved = null;
          switch (result.type) {
            case 'committed':
              return this.tokens.write(session).pipe(map((unsaved) => committed(unsaved, true)));
            case 'superseded':
              return this.read(session.sid).pipe(
                map((reading) => supersededOrGone(reading, session, result.dropped)),
              );
            case 'gone':
              return of({ type: 'gone' });
          }
        }),
        catchError((error: SessionError) => of(this.keepInMemory(session, answer, error))),
      );
  }

  refuse(
    attempt: Attempt,
    reason: RefusalReason,
    knowledge: Pick<AttemptKnowledge, 'mayLive'>,
  ): Observable<RecordRefusal> {
    if (this.isOffRecord(attempt)) return this.refuseOffRecord(attempt, reason, knowledge);
    return this.ledger
      .change((reading) => refuseStep(reading, attempt, reason, knowledge))
      .pipe(map(({ result }) => toRecordRefusal(result)));
  }

  /** Only this tab knows the refused generation; another one may have gone on from the one before, or be about to. */
  private refuseOffRecord(
    { sid, gen, id }: Attempt,
    reason: RefusalReason,
    { mayLive }: Pick<AttemptKnowledge, 'mayLive'>,
  ): Observable<RecordRefusal> {
    return this.ledger.read().pipe(
      map((reading): RecordRefusal => {
        if (reading.type !== 'ledger' || reading.ledger.sid !== sid) return { type: 'ended', reason };
        const open = withoutAttempt(reading.ledger.open, id);
        if (reading.ledger.gen < gen)
          return open.some(mayLive) ? { type: 'pending', open } : { type: 'ended', reason };
        this.unsaved = null;
        return { type: 'outdated' };
      }),
    );
  }

  fail(attempt: Attempt, failure: TransientFailure): Observable<LedgerFailure | null> {
    return this.ledger
      .change((reading) => failStep(reading, attempt, failure))
      .pipe(map(({ result }) => result));
  }

  hurry(sid: string, now: Pick<TransientFailure, 'nowMs' | 'random'>): Observable<LedgerFailure | null> {
    return this.ledger.change((reading) => hurryStep(reading, sid, now)).pipe(map(({ result }) => result));
  }

  keepOnly(sid: string | null): Observable<readonly StoredSession[]> {
    return this.leftovers.keepOnly(sid);
  }

  /** All of it is begun in the task of the call: the page may be left in the same one. */
  remove(sid: string, reason?: LedgerEndReason): Observable<readonly StoredSession[]> {
    const replaced = this.unsaved?.session.sid === sid ? this.unsaved.replaced : [];
    // Of a session that ended by itself no word is left: other tabs are to find the reason as well.
    const noted$ =
      reason === undefined
        ? this.ledger.noteEnd([sid, ...replaced]).pipe(catchError(() => of(undefined)))
        : of(undefined);
    const ended$ = this.ledger.end([sid, ...replaced], reason);
    return forkJoin([this.tokens.takeValue(sid), asResult(ended$), noted$]).pipe(
      switchMap(([value, ended]) => {
        // The value went although the database did not answer: a record without it leads nowhere.
        if (ended instanceof SessionError) return throwError(() => ended);
        // Once more: before, the record did not agree yet.
        this.tokens.forget(sid);
        if (this.unsaved?.session.sid === sid) this.unsaved = null;
        const session = (ended === null ? null : storedIn(ended)) ?? value;
        const found = foundOf(session === null ? null : completed(session, ended), ended);
        return this.leftovers.removeOwed(sid).pipe(map((others) => [...found, ...others]));
      }),
    );
  }

  private conditionOf({ sid }: StoredSession, { isWanted, at, replaces }: Beginning): BeginCondition {
    return { isWanted: isWanted(), at, replaces, isRetry: this.unsaved?.session.sid === sid };
  }

  private save({ session, step }: Unsaved): Observable<CommitOutcome> {
    return isBeginning(step) ? this.begin(session, step) : this.commit(session, step);
  }

  private isOffRecord({ sid, gen }: Pick<Attempt, 'sid' | 'gen'>): boolean {
    return this.unsaved?.session.sid === sid && this.unsaved.session.gen === gen;
  }

  private keepInMemory(session: StoredSession, step: Answer | Beginning, error: SessionError): CommitOutcome {
    this.unsaved = { session, step, replaced: this.replacedBy(session, step) };
    return committed(error);
  }

  private replacedBy({ sid }: StoredSession, step: Answer | Beginning): readonly string[] {
    if (!isBeginning(step)) return [];
    const before = this.unsaved?.replaced ?? [];
    const isAgain = this.unsaved?.session.sid === sid;
    return isAgain || step.replaces === null ? before : [step.replaces, ...before];
  }
}

function isBeginning(step: Answer | Beginning): step is Beginning {
  return 'isWanted' in step;
}

function asResult<T>(source: Observable<T>): Observable<T | SessionError> {
  return source.pipe(catchError((error: SessionError) => of(error)));
}

function refreshTokenIn({ tokens, refreshToken }: SessionLedger): string | undefined {
  return tokens?.refreshToken ?? refreshToken;
}

function whyGone(reading: LedgerReading): 'cleared' | 'signedOut' | 'replaced' {
  const ledger: SessionLedger | null = reading.type === 'ledger' ? reading.ledger : null;
  if (ledger === null) return 'cleared';
  return ledger.sid === null ? 'signedOut' : 'replaced';
}

function futureError(): SessionError {
  return new SessionError('storageError', 'The record was written by a newer version of the library.');
}
