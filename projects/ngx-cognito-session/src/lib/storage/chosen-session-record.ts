import { DestroyRef, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  catchError,
  concat,
  concatMap,
  EMPTY,
  filter,
  ignoreElements,
  map,
  merge,
  of,
  ReplaySubject,
  share,
  Subject,
  switchMap,
  take,
  tap,
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
import { SLEEP_SIGNALS } from '../platform/sleep-signals';
import { STORAGE_CHANGES } from '../platform/storage-changes';
import { WAKE_SIGNALS } from '../platform/wake-signals';
import { DEFAULT_DATABASE } from './default-database';
import { DuplicateWatch, OPEN_BELL_CHANNEL } from './duplicate-watch';
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
import { OPEN_TOKEN_CHANNEL, TokenExchange, type TokenChannel } from './token-exchange';

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
  private readonly openBell = inject(OPEN_BELL_CHANNEL);
  private readonly sleepSignals = inject(SLEEP_SIGNALS);
  private readonly wakeSignals = inject(WAKE_SIGNALS);
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
  /** The record of this moment. */
  private readonly record$ = this.chosen$.pipe(take(1));

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

  remove(...args: Parameters<SessionRecord['remove']>): Observable<readonly StoredSession[]> {
    return this.record$.pipe(switchMap((record) => record.remove(...args)));
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
      return plan.untilCopied === true ? this.aloneUntilCopied(config) : of(this.alone);
    }
    return this.shared(plan, config);
  }

  /** `name`: what the record is named after, if not after the app client alone. */
  private shared(
    plan: Extract<RecordPlan, { type: 'ledger' }>,
    config: ResolvedConfig,
    name = config.namespace,
  ): Observable<SessionRecord> {
    const exchange = plan.tokensIn === 'tabs' ? this.openExchange(config, name) : null;
    if (plan.tokensIn === 'tabs' && exchange === null) {
      this.logger.warn('Tabs cannot bring tokens to each other here: each of them lives alone.');
      return of(this.alone);
    }
    const lost = new Subject<void>();
    const items = new LedgerItems(
      new IndexedDbItems(plan.database, () => {
        lost.next();
      }),
      name,
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

  /** A copy of this tab holds the same refresh token: from then on they share a record, as with `enableTabSync: true`. */
  private aloneUntilCopied(config: ResolvedConfig): Observable<SessionRecord> {
    const bell = this.openBell(`cognito-session:${config.namespace}/bell`);
    if (bell === null) return of(this.alone);
    const watch = new DuplicateWatch(this.adapter, bell, config.namespace, this.random);
    this.keepMarked(watch, bell);
    const plan = {
      type: 'ledger',
      database: DEFAULT_DATABASE,
      tokensIn: 'tabs',
      keepsRefreshToken: false,
    } as const;
    const shared$ = this.shared(plan, config, `${config.namespace}/${watch.name}`).pipe(
      // Whoever comes first writes the record.
      switchMap((record) => record.restore().pipe(map(() => record))),
    );
    if (watch.isCopy)
      return watch.ring(this.scheduler).pipe(
        switchMap(() => shared$),
        catchError(() => of(this.alone)),
        switchMap((record) => answering(record, watch)),
      );
    const copied$ = watch.copied$.pipe(
      tap(() => {
        if (this.alone.isAtWork) watch.answer('busy');
      }),
      take(1),
      switchMap(() => this.alone.whenIdle()),
      switchMap(() => shared$),
      catchError(() => of(this.alone)),
    );
    return concat(of(this.alone), copied$).pipe(
      // After the record has taken its place: what comes next goes there.
      switchMap((record) => (record === this.alone ? of(record) : answering(record, watch))),
    );
  }

  private keepMarked(watch: DuplicateWatch, bell: TokenChannel): void {
    merge(
      this.sleepSignals.pipe(
        filter((signal) => signal === 'pagehide'),
        map(() => false),
      ),
      this.wakeSignals.pipe(
        filter((signal) => signal === 'pageshow'),
        map(() => true),
      ),
    )
      .pipe(takeUntilDestroyed(this.destroyRef))
      .subscribe((isAlive) => {
        watch.mark(isAlive);
      });
    this.destroyRef.onDestroy(() => {
      watch.mark(false);
      bell.close();
    });
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

  private openExchange(config: ResolvedConfig, name: string): TokenExchange | null {
    const open = () => this.openChannel(`cognito-session:${name}/tokens`);
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

/** Every copy that comes is told that the record is there. */
function answering(record: SessionRecord, watch: DuplicateWatch): Observable<SessionRecord> {
  return merge(
    of(record),
    concat(of(undefined), watch.copied$).pipe(
      tap(() => {
        watch.answer('ready');
      }),
      ignoreElements(),
    ),
  );
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
