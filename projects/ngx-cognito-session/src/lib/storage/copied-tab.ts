import { DestroyRef, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  catchError,
  concat,
  filter,
  ignoreElements,
  map,
  merge,
  of,
  startWith,
  switchMap,
  take,
  tap,
  type Observable,
} from 'rxjs';
import type { ResolvedConfig } from '../config/resolved-config';
import { RANDOM_SOURCE } from '../platform/random';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { SLEEP_SIGNALS } from '../platform/sleep-signals';
import { WAKE_SIGNALS } from '../platform/wake-signals';
import { DEFAULT_DATABASE } from './default-database';
import { DuplicateWatch, OPEN_BELL_CHANNEL } from './duplicate-watch';
import type { SessionRecord } from './session-record';
import { SharedRecord, type LedgerPlan } from './shared-record';
import { SESSION_STORAGE } from './storage-adapter';
import { StorageSessionRecord } from './storage-session-record';
import type { TokenChannel } from './token-exchange';

const PLAN: LedgerPlan = {
  type: 'ledger',
  database: DEFAULT_DATABASE,
  tokensIn: 'tabs',
  keepsRefreshToken: false,
};

/**
 * A tab whose storage is copied along with it lives alone until that happens. Both hold the same refresh token then, and
 * share a record as with `enableTabSync: true`.
 */
@Injectable()
export class CopiedTab {
  private readonly alone = inject(StorageSessionRecord);
  private readonly shared = inject(SharedRecord);
  private readonly storage = inject(SESSION_STORAGE);
  private readonly openBell = inject(OPEN_BELL_CHANNEL);
  private readonly scheduler = inject(SESSION_SCHEDULER);
  private readonly random = inject(RANDOM_SOURCE);
  private readonly sleepSignals = inject(SLEEP_SIGNALS);
  private readonly wakeSignals = inject(WAKE_SIGNALS);
  private readonly destroyRef = inject(DestroyRef);

  /** Cold; the record of this tab alone, at once unless it is a copy, and the shared one as soon as there is a copy. */
  open(config: ResolvedConfig): Observable<SessionRecord> {
    const bell = this.openBell(`cognito-session:${config.namespace}/bell`);
    if (bell === null) return of(this.alone);
    const watch = new DuplicateWatch(this.storage, bell, config.namespace, this.random);
    this.keepMarked(watch, bell);
    const shared$ = this.shared.open(PLAN, config, `${config.namespace}/${watch.name}`).pipe(
      switchMap((record) => {
        if (record === null) return of(this.alone);
        // Whoever comes first writes it; a database that fails now does so for each step as well.
        const written$ = record.restore().pipe(catchError(() => of(null)));
        return written$.pipe(switchMap(() => this.answering(record, watch)));
      }),
    );
    if (watch.isCopy) return watch.ring(this.scheduler).pipe(switchMap(() => shared$));
    const copied$ = watch.copied$.pipe(
      take(1),
      switchMap(() => this.alone.whenIdle()),
      switchMap(() => shared$),
    );
    return merge(of(this.alone), copied$, this.busy(watch));
  }

  /** Tokens that are being renewed must not be sent by a copy. */
  private busy(watch: DuplicateWatch): Observable<never> {
    return watch.copied$.pipe(
      filter(() => this.alone.isAtWork),
      tap(() => {
        watch.answer('busy');
      }),
      ignoreElements(),
    );
  }

  /** The record, once it has taken its place; every copy that comes is told so. */
  private answering(record: SessionRecord, watch: DuplicateWatch): Observable<SessionRecord> {
    const answers$ = watch.copied$.pipe(
      startWith(undefined),
      tap(() => {
        watch.answer('ready');
      }),
      ignoreElements(),
    );
    return concat(of(record), answers$);
  }

  private keepMarked(watch: DuplicateWatch, bell: TokenChannel): void {
    const leaves$ = this.sleepSignals.pipe(filter((signal) => signal === 'pagehide'));
    const returns$ = this.wakeSignals.pipe(filter((signal) => signal === 'pageshow'));
    merge(leaves$.pipe(map(() => false)), returns$.pipe(map(() => true)))
      .pipe(takeUntilDestroyed(this.destroyRef))
      .subscribe((isAlive) => {
        watch.mark(isAlive);
      });
    this.destroyRef.onDestroy(() => {
      watch.mark(false);
      bell.close();
    });
  }
}
