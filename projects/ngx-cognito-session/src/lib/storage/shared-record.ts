import { DestroyRef, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  catchError,
  concatMap,
  defer,
  EMPTY,
  filter,
  map,
  merge,
  of,
  Subject,
  switchMap,
  type Observable,
} from 'rxjs';
import { EXCHANGE_WAIT_MS, STORAGE_LIMIT_MS } from '../config/numbers';
import type { ResolvedConfig } from '../config/resolved-config';
import type { SessionError } from '../errors/session-error';
import { PageStop } from '../platform/page-stop';
import { SESSION_LOGGER } from '../platform/session-logger';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { STORAGE_CHANGES } from '../platform/storage-changes';
import { END_WORDS } from './end-words';
import { IndexedDbItems } from './indexed-db-items';
import { LedgerItems } from './ledger-items';
import { LedgerSessionRecord } from './ledger-session-record';
import { LedgerTokens } from './ledger-tokens';
import type { RecordPlan } from './record-plan';
import type { SessionRecord } from './session-record';
import { SessionValues } from './session-values';
import { SESSION_STORAGE } from './session-storage-token';
import { OPEN_TOKEN_CHANNEL, TokenExchange } from './token-exchange';

/** A record in IndexedDB, and where its tokens lie. */
export type LedgerPlan = Extract<RecordPlan, { type: 'ledger' }>;

/** Who shares it, if not all tabs of the app client. */
export interface Group {
  readonly name: string;
  /** Hot; they have heard of something that makes a look at the record worth while. */
  readonly news$: Observable<void>;
}

/** A record whose database may not have answered yet. */
export interface Opening {
  readonly record: SessionRecord;
  /** Cold; whether it can be had here. One value, at the latest after the limit; that it cannot is said once. */
  readonly isUsable$: Observable<boolean>;
}

/** Opens the record that tabs share. */
@Injectable()
export class SharedRecord {
  private readonly adapter = inject(SESSION_STORAGE);
  private readonly scheduler = inject(SESSION_SCHEDULER);
  private readonly logger = inject(SESSION_LOGGER);
  private readonly storageChanges = inject(STORAGE_CHANGES);
  private readonly endWords = inject(END_WORDS);
  private readonly openChannel = inject(OPEN_TOKEN_CHANNEL);
  private readonly page = inject(PageStop);
  private readonly destroyRef = inject(DestroyRef);

  /** Cold; one value at once, `null` if it cannot be had here, which is said once; none if the app is gone by then. */
  open(plan: LedgerPlan, config: ResolvedConfig, group: Partial<Group> = {}): Observable<Opening | null> {
    return defer(() => this.tryOpen(plan, config, { name: config.namespace, news$: EMPTY, ...group }));
  }

  private tryOpen(
    plan: LedgerPlan,
    config: ResolvedConfig,
    { name, news$ }: Group,
  ): Observable<Opening | null> {
    // The configuration came too late: nobody would close what is opened now.
    if (this.destroyRef.destroyed) return EMPTY;
    const exchange = plan.tokensIn === 'tabs' ? this.openExchange(config, name) : null;
    if (plan.tokensIn === 'tabs' && exchange === null) {
      this.logger.warn('Tabs cannot bring tokens to each other here: each of them lives alone.');
      return of(null);
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
      this.endWords,
    );
    if (exchange !== null) this.forgetWith(exchange, items, config);
    return of({
      record: this.ledgerRecord({ items, lost$: merge(lost, news$), exchange }, plan, config),
      isUsable$: this.isUsable(items, plan),
    });
  }

  private isUsable(items: LedgerItems, { tokensIn }: LedgerPlan): Observable<boolean> {
    return items.read().pipe(
      map(() => true),
      catchError((error: SessionError) => {
        // Slow or failing is no reason to leave the record: what it holds would be overlooked from then on.
        if (tokensIn === 'record' || !isDenied(error)) return of(true);
        this.logger.warn('IndexedDB cannot be used here: tabs of this origin will not coordinate.');
        return of(false);
      }),
    );
  }

  private ledgerRecord(
    { items, lost$, exchange }: Parts,
    { tokensIn, keepsRefreshToken }: LedgerPlan,
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
      disturbances$: merge(lost$, exchange?.arrivals$ ?? this.cleared(tokensIn, namespace)).pipe(
        // A stopped page looks by itself when it goes on.
        filter(() => !this.page.isStopped),
      ),
    });
  }

  private cleared(tokensIn: 'record' | 'storage' | 'tabs', namespace: string): Observable<void> {
    if (tokensIn === 'record') return EMPTY;
    return this.storageChanges.pipe(
      filter(({ key, isRemoval }) => isRemoval && (key === null || key.includes(`${namespace}/`))),
      map(() => undefined),
    );
  }

  /** What this tab keeps of a session goes when another one says that it is over, and the record agrees. */
  private forgetWith({ forgotten$ }: TokenExchange, items: LedgerItems, { namespace }: ResolvedConfig): void {
    const values = new SessionValues(this.adapter, namespace);
    forgotten$
      .pipe(
        concatMap((sid) =>
          this.page.whenRunning().pipe(
            switchMap(() => items.read()),
            filter((reading) => reading.type !== 'ledger' || reading.ledger.sid !== sid),
            switchMap(() => values.remove(sid)),
            catchError(() => EMPTY),
          ),
        ),
        takeUntilDestroyed(this.destroyRef),
      )
      .subscribe();
  }

  private openExchange(config: ResolvedConfig, name: string): TokenExchange | null {
    const open = () => this.openChannel(`cognito-session:${name}/tokens`);
    const channel = open();
    if (channel === null) return null;
    const exchange = new TokenExchange(channel, open, config, this.logger);
    this.destroyRef.onDestroy(() => {
      exchange.close();
    });
    return exchange;
  }
}

interface Parts {
  readonly items: LedgerItems;
  /** The database was taken away, or something else was heard. */
  readonly lost$: Observable<void>;
  readonly exchange: TokenExchange | null;
}

/** Refused for good, as in a sandboxed frame or with blocked site data. */
function isDenied({ cause }: SessionError): boolean {
  return (
    cause !== undefined && ['SecurityError', 'InvalidStateError', 'NotSupportedError'].includes(cause.name)
  );
}
