import { DestroyRef, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  catchError,
  concatMap,
  EMPTY,
  filter,
  map,
  merge,
  of,
  ReplaySubject,
  share,
  Subject,
  switchMap,
  type Observable,
} from 'rxjs';
import { ConfigHolder } from '../config/config-holder';
import { EXCHANGE_WAIT_MS, STORAGE_LIMIT_MS } from '../config/numbers';
import type { ResolvedConfig } from '../config/resolved-config';
import type { Answer } from '../core/ledger-steps';
import type { LedgerFailure } from '../core/session-ledger';
import type { SessionError } from '../errors/session-error';
import { RANDOM_SOURCE } from '../platform/random';
import { SESSION_LOGGER } from '../platform/session-logger';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { STORAGE_CHANGES } from '../platform/storage-changes';
import { IndexedDbItems } from './indexed-db-items';
import { LedgerItems } from './ledger-items';
import { LedgerSessionRecord } from './ledger-session-record';
import { LedgerTokens } from './ledger-tokens';
import { recordPlan, type RecordPlan } from './record-plan';
import type {
  CommitOutcome,
  RecordEntry,
  RecordReading,
  RecordRefusal,
  SessionRecord,
} from './session-record';
import { SessionValues } from './session-values';
import { SESSION_STORAGE } from './storage-adapter';
import { StorageSessionRecord } from './storage-session-record';
import type { StoredSession } from './stored-session';
import { OPEN_TOKEN_CHANNEL, TokenExchange } from './token-exchange';

/**
 * The record in IndexedDB where the storage is shared and IndexedDB can be had, else the storage alone. Chosen once per
 * page, by trying: a database that fails later is a failure, never a silent change of mode.
 */
@Injectable()
export class ChosenSessionRecord implements SessionRecord {
  private readonly adapter = inject(SESSION_STORAGE);
  private readonly scheduler = inject(SESSION_SCHEDULER);
  private readonly logger = inject(SESSION_LOGGER);
  private readonly config$ = inject(ConfigHolder).config$;
  private readonly alone = inject(StorageSessionRecord);
  private readonly storageChanges = inject(STORAGE_CHANGES);
  private readonly openChannel = inject(OPEN_TOKEN_CHANNEL);
  private readonly random = inject(RANDOM_SOURCE);
  private readonly destroyRef = inject(DestroyRef);
  private readonly chosen$: Observable<SessionRecord> = this.config$.pipe(
    switchMap((config) => this.choose(config)),
    share({
      connector: () => new ReplaySubject(1),
      resetOnComplete: false,
      resetOnError: false,
      resetOnRefCountZero: false,
    }),
  );

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

  restore(): Observable<RecordReading> {
    return this.chosen$.pipe(switchMap((record) => record.restore()));
  }

  current(): Observable<RecordReading> {
    return this.chosen$.pipe(switchMap((record) => record.current()));
  }

  read(sid: string): Observable<RecordReading> {
    return this.chosen$.pipe(switchMap((record) => record.read(sid)));
  }

  begin(...args: Parameters<SessionRecord['begin']>): Observable<CommitOutcome> {
    return this.chosen$.pipe(switchMap((record) => record.begin(...args)));
  }

  enter(...args: Parameters<SessionRecord['enter']>): Observable<RecordEntry> {
    return this.chosen$.pipe(switchMap((record) => record.enter(...args)));
  }

  commit(session: StoredSession, answer?: Answer): Observable<CommitOutcome> {
    return this.chosen$.pipe(switchMap((record) => record.commit(session, answer)));
  }

  refuse(...args: Parameters<SessionRecord['refuse']>): Observable<RecordRefusal> {
    return this.chosen$.pipe(switchMap((record) => record.refuse(...args)));
  }

  fail(...args: Parameters<SessionRecord['fail']>): Observable<LedgerFailure | null> {
    return this.chosen$.pipe(switchMap((record) => record.fail(...args)));
  }

  hurry(...args: Parameters<SessionRecord['hurry']>): Observable<LedgerFailure | null> {
    return this.chosen$.pipe(switchMap((record) => record.hurry(...args)));
  }

  keepOnly(sid: string | null): Observable<readonly StoredSession[]> {
    return this.chosen$.pipe(switchMap((record) => record.keepOnly(sid)));
  }

  remove(...args: Parameters<SessionRecord['remove']>): Observable<readonly StoredSession[]> {
    return this.chosen$.pipe(switchMap((record) => record.remove(...args)));
  }

  disturbances(): Observable<void> {
    return this.chosen$.pipe(switchMap((record) => record.disturbances()));
  }

  private planFor({ enableTabSync }: ResolvedConfig): RecordPlan {
    return recordPlan(this.adapter, hasIndexedDb, enableTabSync);
  }

  private choose(config: ResolvedConfig): Observable<SessionRecord> {
    const plan = this.planFor(config);
    if (plan.type === 'storage') {
      if (plan.warning !== null) this.logger.warn(plan.warning);
      return of(this.alone);
    }
    const exchange = plan.tokensIn === 'tabs' ? this.openExchange(config) : null;
    if (plan.tokensIn === 'tabs' && exchange === null) {
      this.logger.warn('Tabs cannot bring tokens to each other here: each of them lives alone.');
      return of(this.alone);
    }
    const lost = new Subject<void>();
    const items = new LedgerItems(
      new IndexedDbItems(plan.database, () => {
        lost.next();
      }),
      config.namespace,
      STORAGE_LIMIT_MS,
      this.scheduler,
      exchange ?? undefined,
    );
    const ledger = this.ledgerRecord({ items, lost, exchange }, plan, config);
    return items.read().pipe(
      map(() => ledger),
      catchError((error: SessionError) => {
        // Slow or failing is no reason to leave the record: what it holds would be overlooked from then on.
        if (plan.tokensIn === 'record' || !isDenied(error)) return of(ledger);
        this.logger.warn('IndexedDB cannot be used here: tabs of this origin will not coordinate.');
        return of(this.alone);
      }),
    );
  }

  private ledgerRecord(
    { items, lost, exchange }: Parts,
    { tokensIn, keepsRefreshToken }: Extract<RecordPlan, { type: 'ledger' }>,
    { namespace, enableTabSync = true }: ResolvedConfig,
  ): SessionRecord {
    const values = tokensIn === 'record' ? null : new SessionValues(this.adapter, namespace);
    const tokens = new LedgerTokens(items, {
      values,
      keepsRefreshToken,
      exchange,
      valueWaitMs: STORAGE_LIMIT_MS,
      exchangeWaitMs: EXCHANGE_WAIT_MS,
      scheduler: this.scheduler,
    });
    return new LedgerSessionRecord(items, tokens, {
      isShared: enableTabSync,
      disturbances$: merge(lost, exchange?.arrivals$ ?? this.cleared(tokensIn, namespace)),
    });
  }

  private cleared(tokensIn: 'record' | 'storage' | 'tabs', namespace: string): Observable<void> {
    if (tokensIn === 'record') return EMPTY;
    return this.storageChanges.pipe(
      filter(({ key, isRemoval }) => isRemoval && (key === null || key.includes(`${namespace}/`))),
      map(() => undefined),
    );
  }

  private openExchange(config: ResolvedConfig): TokenExchange | null {
    const open = () => this.openChannel(`cognito-session:${config.namespace}/tokens`);
    const channel = open();
    if (channel === null) return null;
    const exchange = new TokenExchange(channel, open, config, this.random, this.logger);
    const values = new SessionValues(this.adapter, config.namespace);
    exchange.forgotten$
      .pipe(
        concatMap((sid) => values.remove(sid).pipe(catchError(() => EMPTY))),
        takeUntilDestroyed(this.destroyRef),
      )
      .subscribe();
    this.destroyRef.onDestroy(() => {
      exchange.close();
    });
    return exchange;
  }
}

interface Parts {
  readonly items: LedgerItems;
  /** The database was taken away. */
  readonly lost: Observable<void>;
  readonly exchange: TokenExchange | null;
}

/** Refused for good, as in a sandboxed frame or with blocked site data. */
function isDenied({ cause }: SessionError): boolean {
  return (
    cause !== undefined && ['SecurityError', 'InvalidStateError', 'NotSupportedError'].includes(cause.name)
  );
}

/** Some pages make the mere look at it throw. */
function hasIndexedDb(): boolean {
  try {
    return typeof indexedDB !== 'undefined';
  } catch {
    return false;
  }
}
