import {
  catchError,
  defaultIfEmpty,
  defer,
  filter,
  map,
  of,
  repeat,
  switchMap,
  take,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { settleStep } from '../core/ledger-steps';
import type { SessionLedger } from '../core/session-ledger';
import type { SessionError } from '../errors/session-error';
import type { LedgerItems } from './ledger-items';
import type { RecordReading, SessionOver } from './session-record';
import type { SessionValues, StoredValue } from './session-values';
import { limited } from './storage-call';
import type { StoredSession } from './stored-session';
import type { TokenExchange } from './token-exchange';

export interface LedgerTokensOptions {
  /** `null`: the tokens stay in the record. */
  readonly values: SessionValues | null;
  /** Whether the refresh token stays in the record although the other tokens are elsewhere. */
  readonly keepsRefreshToken: boolean;
  /** Where the values are this tab's alone: brings the tokens of the others. */
  readonly exchange?: TokenExchange | null;
  /** How long a value that the record announces may take to show: storages lag behind. */
  readonly valueWaitMs: number;
  /** The same, for tokens that others are asked for by a tab that holds none itself. */
  readonly exchangeWaitMs?: number;
  readonly scheduler: SchedulerLike;
}

/** Whether a storage that does not answer is waited for. */
export type Patience = 'patient' | 'impatient';

interface Lagging {
  readonly type: 'lagging';
}

const POLL_MS = 50;

/** Where the tokens of a record are: in it, or in a value beside it. */
export class LedgerTokens {
  /** What this tab wrote or found last, to mend a value that somebody late has overwritten. */
  private latest: StoredSession | null = null;

  constructor(
    private readonly ledger: LedgerItems,
    private readonly options: LedgerTokensOptions,
  ) {}

  get values(): SessionValues | null {
    return this.options.values;
  }

  /** Whether the tabs carry the tokens that the record names. */
  get areCarried(): boolean {
    return this.exchange !== null;
  }

  private get exchange(): TokenExchange | null {
    return this.options.exchange ?? null;
  }

  /**
   * The record's tokens, else the value with its `sid` and `gen`, which may lag behind; `cleared` if it never shows.
   * A patient search waits for a storage that does not answer, an impatient one errors with `storageError`.
   */
  find(ledger: SessionLedger, patience: Patience = 'impatient'): Observable<RecordReading> {
    return defer(() => {
      const own = this.latest?.sid === ledger.sid ? this.latest : null;
      return this.findNow(ledger, patience).pipe(
        repeat({
          count: this.pollsFor(own),
          delay: (count) => {
            if (count === 1 && ledger.sid !== null) this.exchange?.ask(ledger.sid);
            return timer(POLL_MS, this.options.scheduler);
          },
        }),
        filter((reading): reading is RecordReading => reading.type !== 'lagging'),
        take(1),
        defaultIfEmpty(null),
        map((found) => found ?? this.notFound(ledger)),
      );
    });
  }

  private pollsFor(own: StoredSession | null): number {
    const { valueWaitMs, exchangeWaitMs = valueWaitMs } = this.options;
    return Math.ceil((this.areCarried && own === null ? exchangeWaitMs : valueWaitMs) / POLL_MS);
  }

  private notFound({ sid, gen }: SessionLedger): RecordReading {
    if (!this.areCarried) return { type: 'none', why: 'cleared', ...(sid !== null && { sid }) };
    // Whoever carried the newer ones is gone: without rotation, or within its grace, the refresh token held still works.
    const own = this.latest?.sid === sid ? this.latest : null;
    return own === null ? { type: 'none', why: 'absent' } : { type: 'session', session: { ...own, gen } };
  }

  /** Every value there is. */
  all(patience: Patience): Observable<readonly StoredValue[]> {
    const { values } = this.options;
    if (values === null) return of([]);
    return patience === 'patient' ? values.readAll() : this.limited(values.readAll());
  }

  /** After a commit: writes the value, then the tokens leave the record. What fails here is only told: nothing is lost. */
  write(session: StoredSession): Observable<SessionError | null> {
    const { values, keepsRefreshToken } = this.options;
    this.latest = session;
    if (values === null) return of(null);
    const written$ = this.limited(values.write(keepsRefreshToken ? withoutRefreshToken(session) : session));
    // The record has but a name for them, which stays.
    if (this.areCarried) return asResult(written$);
    return written$.pipe(
      switchMap(() => this.ledger.change((reading) => settleStep(reading, session, keepsRefreshToken))),
      // The session ended while its value was being written: nobody would ever look for it again.
      switchMap(({ result }) => (result === 'gone' ? this.remove(session.sid) : of(undefined))),
      map(() => null),
      catchError((error: SessionError) => of(error)),
    );
  }

  remove(sid: string): Observable<void> {
    if (this.latest?.sid === sid) this.latest = null;
    const { values } = this.options;
    this.exchange?.forget(sid);
    return values === null ? of(undefined) : this.limited(values.remove(sid));
  }

  /** Other tabs must not keep what this one has ended. */
  forget(sid: string): void {
    this.exchange?.forget(sid);
  }

  /** Removes the values of all sessions but these, and gives back what it removed. */
  keepOnly(sids: readonly (string | null)[]): Observable<readonly StoredSession[]> {
    const { values } = this.options;
    return values === null ? of([]) : this.limited(values.keepOnly(...sids));
  }

  /** The value of a session that is over, removed; in the task of the call if the storage answers in it. */
  takeValue(sid: string): Observable<StoredSession | null> {
    const { values } = this.options;
    if (values === null) return this.remove(sid).pipe(map(() => null));
    return this.limited(values.read(sid)).pipe(
      map((reading) => (reading.type === 'session' ? reading.session : null)),
      catchError(() => of(null)),
      switchMap((session) => this.remove(sid).pipe(map(() => session))),
    );
  }

  private findNow(ledger: SessionLedger, patience: Patience): Observable<RecordReading | Lagging> {
    const { sid, gen } = ledger;
    if (sid === null) return of({ type: 'none', why: 'signedOut', ...overIn(ledger) });
    const inRecord = storedIn(ledger);
    const { values } = this.options;
    if (inRecord !== null) return this.keepOwn(inRecord);
    // The tokens were left to another storage, which the app does not use any more.
    if (values === null) return of({ type: 'none', why: 'cleared', sid });
    return (patience === 'patient' ? values.read(sid) : this.limited(values.read(sid))).pipe(
      switchMap((reading): Observable<RecordReading | Lagging> => {
        if (reading.type === 'session' && reading.session.gen === gen) {
          this.latest = withRefreshToken(reading.session, ledger.refreshToken);
          if (ledger.tokensId !== undefined) this.exchange?.learn(ledger.tokensId, this.latest);
          return of({ type: 'session', session: this.latest });
        }
        // What this tab kept itself is better than nothing, should nobody bring the newer ones.
        if (this.areCarried && reading.type === 'session' && this.latest?.sid !== sid)
          this.latest = reading.session;
        const { latest } = this;
        const isOverwritten =
          reading.type === 'session' &&
          reading.session.gen < gen &&
          latest?.sid === sid &&
          latest.gen === gen;
        // A tab that was stopped between its commit and its value has written it now, over a newer one.
        if (isOverwritten && !this.areCarried)
          return this.write(latest).pipe(map(() => ({ type: 'session', session: latest })));
        return this.followRecord(ledger, patience);
      }),
    );
  }

  /** What another tab has brought survives a reload of this one like its own. */
  private keepOwn(session: StoredSession): Observable<RecordReading> {
    const isKept = !this.areCarried || this.latest?.tokens.accessToken === session.tokens.accessToken;
    const reading: RecordReading = { type: 'session', session };
    return isKept ? of(reading) : this.write(session).pipe(map(() => reading));
  }

  /** The value is not the record's: somebody may be renewing at this moment, so ask the record again. */
  private followRecord({ sid, gen }: SessionLedger, patience: Patience): Observable<RecordReading | Lagging> {
    return this.ledger.read().pipe(
      switchMap((now) => {
        const hasMoved =
          now.type === 'ledger' &&
          (now.ledger.sid !== sid || now.ledger.gen !== gen || now.ledger.tokens !== undefined);
        return hasMoved ? this.findNow(now.ledger, patience) : of<Lagging>({ type: 'lagging' });
      }),
    );
  }

  private limited<T>(call: Observable<T>): Observable<T> {
    return limited(call, this.options.valueWaitMs, this.options.scheduler);
  }
}

/** `null` if it succeeds. */
function asResult(call: Observable<void>): Observable<SessionError | null> {
  return call.pipe(
    map(() => null),
    catchError((error: SessionError) => of(error)),
  );
}

/** The session that lies in the record itself. */
export function storedIn({ sid, gen, tokens }: SessionLedger): StoredSession | null {
  return sid === null || tokens === undefined ? null : { sid, gen, tokens };
}

/** What a tombstone tells, unless somebody signed out. */
function overIn({ ended, spent }: SessionLedger): { readonly over?: SessionOver } {
  return ended === undefined || spent === undefined ? {} : { over: { sid: ended, reason: spent.reason } };
}

function withoutRefreshToken({ sid, gen, tokens }: StoredSession): StoredSession {
  const { refreshToken: _kept, ...rest } = tokens;
  return { sid, gen, tokens: rest };
}

/** A value completed with what the record kept of it. */
export function withRefreshToken(session: StoredSession, refreshToken: string | undefined): StoredSession {
  return refreshToken === undefined ? session : { ...session, tokens: { ...session.tokens, refreshToken } };
}
