import { inject, Injectable } from '@angular/core';
import { defer, map, of, ReplaySubject, share, switchMap, take, tap, type Observable } from 'rxjs';
import { ConfigHolder } from '../config/config-holder';
import type { ResolvedConfig } from '../config/resolved-config';
import type { Answer } from '../core/ledger-steps';
import type { LedgerFailure } from '../core/session-ledger';
import { SESSION_LOGGER } from '../platform/session-logger';
import { CopiedTab } from './copied-tab';
import { recordPlan, type RecordPlan } from './record-plan';
import type {
  CommitOutcome,
  RecordEntry,
  RecordReading,
  RecordRefusal,
  SessionRecord,
} from './session-record';
import { SessionValues } from './session-values';
import { SharedRecord, type LedgerPlan } from './shared-record';
import { SESSION_STORAGE } from './session-storage-token';
import { StorageSessionRecord } from './storage-session-record';
import type { StoredSession } from './stored-session';

/**
 * The record in IndexedDB where the storage is shared and IndexedDB can be had, else the storage alone. Chosen once per
 * page, by trying: a database that fails later is a failure, never a silent change of mode.
 */
@Injectable()
export class ChosenSessionRecord implements SessionRecord {
  private readonly adapter = inject(SESSION_STORAGE);
  private readonly logger = inject(SESSION_LOGGER);
  private readonly config$ = inject(ConfigHolder).config$;
  private readonly alone = inject(StorageSessionRecord);
  private readonly shared = inject(SharedRecord);
  private readonly copiedTab = inject(CopiedTab);
  private readonly chosen$: Observable<SessionRecord> = this.config$.pipe(
    switchMap((config) => this.choose(config)),
    share({
      connector: () => new ReplaySubject(1),
      resetOnComplete: false,
      resetOnError: false,
      resetOnRefCountZero: false,
    }),
  );
  /** The record of this moment. */
  private readonly record$ = this.chosen$.pipe(take(1));

  /** What will be the record, unless its database turns out to be denied; `null`: it is known which one it is. */
  private opening: SessionRecord | null = null;

  peek(): StoredSession | null {
    let found: StoredSession | null = null;
    this.config$
      .pipe(
        map((config) => {
          const plan = this.planFor(config);
          const isBeside = plan.type === 'ledger' && plan.tokensIn !== 'record';
          return isBeside ? new SessionValues(this.adapter, config.namespace).peek() : null;
        }),
      )
      .subscribe({
        next: (session) => {
          found = session;
        },
        error: () => undefined,
      })
      .unsubscribe();
    return found;
  }

  isShared(): Observable<boolean> {
    return this.chosen$.pipe(switchMap((record) => record.isShared()));
  }

  isWatched(): Observable<boolean> {
    return this.record$.pipe(switchMap((record) => record.isWatched()));
  }

  restore(): Observable<RecordReading> {
    return this.record$.pipe(switchMap((record) => record.restore()));
  }

  current(): Observable<RecordReading> {
    return this.record$.pipe(switchMap((record) => record.current()));
  }

  read(sid: string): Observable<RecordReading> {
    return this.record$.pipe(switchMap((record) => record.read(sid)));
  }

  begin(...args: Parameters<SessionRecord['begin']>): Observable<CommitOutcome> {
    return this.record$.pipe(switchMap((record) => record.begin(...args)));
  }

  enter(...args: Parameters<SessionRecord['enter']>): Observable<RecordEntry> {
    return this.record$.pipe(switchMap((record) => record.enter(...args)));
  }

  commit(session: StoredSession, answer?: Answer): Observable<CommitOutcome> {
    return this.record$.pipe(switchMap((record) => record.commit(session, answer)));
  }

  refuse(...args: Parameters<SessionRecord['refuse']>): Observable<RecordRefusal> {
    return this.record$.pipe(switchMap((record) => record.refuse(...args)));
  }

  fail(...args: Parameters<SessionRecord['fail']>): Observable<LedgerFailure | null> {
    return this.record$.pipe(switchMap((record) => record.fail(...args)));
  }

  hurry(...args: Parameters<SessionRecord['hurry']>): Observable<LedgerFailure | null> {
    return this.record$.pipe(switchMap((record) => record.hurry(...args)));
  }

  keepOnly(sid: string | null): Observable<readonly StoredSession[]> {
    return this.record$.pipe(switchMap((record) => record.keepOnly(sid)));
  }

  /** Begun in the task of the call, though the database has yet to answer: the page may be left in the same one. */
  remove(...args: Parameters<SessionRecord['remove']>): Observable<readonly StoredSession[]> {
    return defer(() => (this.opening === null ? this.record$ : of(this.opening))).pipe(
      switchMap((record) => record.remove(...args)),
    );
  }

  disturbances(): Observable<void> {
    return this.chosen$.pipe(switchMap((record) => record.disturbances()));
  }

  private planFor({ enableTabSync }: ResolvedConfig): RecordPlan {
    return recordPlan(this.adapter, hasIndexedDb, enableTabSync);
  }

  private choose(config: ResolvedConfig): Observable<SessionRecord> {
    const plan = this.planFor(config);
    if (plan.type === 'ledger') return this.openShared(plan, config);
    if (plan.warning !== null) this.logger.warn(plan.warning);
    return plan.untilCopied === true ? this.copiedTab.open(config) : of(this.alone);
  }

  private openShared(plan: LedgerPlan, config: ResolvedConfig): Observable<SessionRecord> {
    return this.shared.open(plan, config).pipe(
      switchMap((opening) => {
        if (opening === null) return of(this.alone);
        this.opening = opening.record;
        return opening.isUsable$.pipe(map((isUsable) => (isUsable ? opening.record : this.alone)));
      }),
      tap(() => {
        this.opening = null;
      }),
    );
  }
}

/** Some pages make the mere look at it throw. */
function hasIndexedDb(): boolean {
  try {
    return typeof indexedDB !== 'undefined';
  } catch {
    return false;
  }
}
