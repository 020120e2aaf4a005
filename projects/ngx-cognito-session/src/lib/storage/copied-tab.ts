import { DestroyRef, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  catchError,
  concat,
  concatMap,
  defer,
  EMPTY,
  filter,
  ignoreElements,
  map,
  merge,
  of,
  race,
  ReplaySubject,
  Subject,
  switchMap,
  take,
  tap,
  timer,
  type Observable,
} from 'rxjs';
import { COPIED_TAB_LIMIT_MS } from '../config/numbers';
import type { ResolvedConfig } from '../config/resolved-config';
import { RANDOM_SOURCE } from '../platform/random';
import { SESSION_LOGGER } from '../platform/session-logger';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { SLEEP_SIGNALS } from '../platform/sleep-signals';
import { WAKE_SIGNALS } from '../platform/wake-signals';
import { bringAlong } from './bring-along';
import { DEFAULT_DATABASE } from './default-database';
import { DuplicateWatch, OPEN_BELL_CHANNEL, type Ring } from './duplicate-watch';
import type { SessionRecord } from './session-record';
import { SessionValues } from './session-values';
import { SharedRecord, type LedgerPlan } from './shared-record';
import { SESSION_STORAGE } from './session-storage-token';
import { StorageSessionRecord } from './storage-session-record';
import { TabMark } from './tab-mark';

const PLAN: LedgerPlan = {
  type: 'ledger',
  database: DEFAULT_DATABASE,
  tokensIn: 'tabs',
  keepsRefreshToken: false,
};

/** One life of the page. */
interface Life {
  readonly config: ResolvedConfig;
  readonly mark: TabMark;
  /** `null`: nobody can be rung here. */
  readonly watch: DuplicateWatch | null;
}

/**
 * A tab whose storage is copied along with it lives alone until that happens. Both hold the same refresh token then, and
 * share a record as with `enableTabSync: true`, for as long as there are pages of these tabs.
 */
@Injectable()
export class CopiedTab {
  private readonly alone = inject(StorageSessionRecord);
  private readonly shared = inject(SharedRecord);
  private readonly storage = inject(SESSION_STORAGE);
  private readonly openBell = inject(OPEN_BELL_CHANNEL);
  private readonly scheduler = inject(SESSION_SCHEDULER);
  private readonly random = inject(RANDOM_SOURCE);
  private readonly logger = inject(SESSION_LOGGER);
  private readonly sleepSignals = inject(SLEEP_SIGNALS);
  private readonly wakeSignals = inject(WAKE_SIGNALS);
  private readonly destroyRef = inject(DestroyRef);
  private joined: SessionRecord | null = null;
  /** Whoever has followed another record, or heard nothing of what became of this one, has a look. */
  private readonly news = new Subject<void>();

  /** Cold; the record of this tab alone, at once unless it is a copy, and the shared one as soon as there is a copy. */
  open(config: ResolvedConfig): Observable<SessionRecord> {
    // The configuration has come too late: whatever was opened now would stay open.
    if (this.destroyRef.destroyed) return of(this.alone);
    const life = this.begin(config);
    const started = new ReplaySubject<void>(1);
    const first$ = this.first(life).pipe(
      tap(() => {
        started.next();
        // Each ring waits for it, and is done with it.
        started.complete();
      }),
    );
    return merge(this.whileBusy(life, started), first$, this.afterwards(life, started)).pipe(
      takeUntilDestroyed(this.destroyRef),
    );
  }

  private begin(config: ResolvedConfig): Life {
    const { namespace } = config;
    const bell = this.openBell(`cognito-session:${namespace}/bell`);
    if (bell === null)
      this.logger.warn('localStorage cannot be used here: a copy of this tab is not noticed.');
    const watch = bell === null ? null : new DuplicateWatch(bell, namespace, this.logger);
    const mark = new TabMark(this.storage, namespace, this.random.id());
    this.keepMarked({ config, mark, watch });
    this.destroyRef.onDestroy(() => {
      mark.leave();
      watch?.close();
    });
    return { config, mark, watch };
  }

  private first(life: Life): Observable<SessionRecord> {
    const { mark, watch } = life;
    return this.restored().pipe(
      switchMap((sid) => {
        if (mark.record !== null)
          return this.openShared(life, mark.record).pipe(
            tap((record) => {
              this.joined = record;
              this.ring(life);
            }),
          );
        if (sid === null || watch === null) return of(null);
        if (mark.isCopy)
          return watch.ask(sid, this.scheduler).pipe(switchMap((answer) => this.obey(answer, life)));
        watch.post({ type: 'ring', sid });
        return of(null);
      }),
      map((record) => record ?? this.alone),
    );
  }

  /** What was found in the storage. */
  private restored(): Observable<string | null> {
    return this.alone.restore().pipe(
      map((reading) => (reading.type === 'session' ? reading.session.sid : null)),
      // Told of when it is restored from.
      catchError(() => of(null)),
    );
  }

  /** What was answered to the ring of this tab, if it still holds that session; `null`: it lives alone. */
  private obey(answer: Ring | null, life: Life): Observable<SessionRecord | null> {
    if (answer === null || answer.sid !== this.alone.held?.sid) return of(null);
    return answer.type === 'over'
      ? this.alone.endElsewhere(answer.sid).pipe(map(() => null))
      : this.join(answer, life);
  }

  private afterwards(life: Life, started: Observable<void>): Observable<SessionRecord> {
    if (life.watch === null) return EMPTY;
    const { rings$ } = life.watch;
    // One after the other: the first of them may be what makes this tab share its record.
    return rings$.pipe(concatMap((ring) => started.pipe(switchMap(() => this.take(ring, life)))));
  }

  private take(ring: Ring, life: Life): Observable<SessionRecord> {
    const { watch } = life;
    if (ring.type === 'ring') return this.answer(ring, life);
    if (this.joined !== null) return ring.type === 'over' ? this.end(ring, this.joined, life) : EMPTY;
    if (watch === null || this.alone.held?.sid !== ring.sid) return EMPTY;
    const answered$ = watch.last(ring, this.scheduler);
    return this.switched(answered$.pipe(switchMap((answer) => this.obey(answer, life))));
  }

  /** Nothing is claimed until it is known whether this tab shares a record from now on; what it finds there is followed. */
  private switched(joined$: Observable<SessionRecord | null>): Observable<SessionRecord> {
    return defer(() => {
      const next = new ReplaySubject<SessionRecord>(1);
      this.alone.handOver(next);
      const givenUp$ = timer(COPIED_TAB_LIMIT_MS, this.scheduler).pipe(map(() => null));
      return race(joined$, givenUp$).pipe(
        take(1),
        switchMap((joined) => {
          const goOn$ = defer(() => {
            if (joined === null) this.alone.handOver(null);
            next.next(joined ?? this.alone);
            this.news.next();
            return EMPTY;
          });
          // Whoever waits must find it in its place.
          return joined === null ? goOn$ : concat(of(joined), goOn$);
        }),
      );
    });
  }

  private answer(ring: Ring, life: Life): Observable<SessionRecord> {
    const { mark, watch } = life;
    const { sid } = ring;
    mark.keep();
    const say = (type: Ring['type']) => {
      watch?.post({ type, sid, ...(mark.record !== null && { record: mark.record }) });
    };
    if (this.joined !== null) {
      if (this.knows(sid, life)) say('ready');
      return EMPTY;
    }
    if (this.alone.held?.sid !== sid) {
      if (this.alone.hasEnded(sid)) say('over');
      return EMPTY;
    }
    const answered$ = defer(() => {
      // Without a record here the copy will not get any either.
      say(this.joined === null && this.alone.hasEnded(sid) ? 'over' : 'ready');
      return EMPTY;
    });
    return concat(this.switched(this.join(ring, life)), answered$);
  }

  /** Its record follows whatever has become of what it has held. */
  private knows(sid: string, { config }: Life): boolean {
    const { held } = this.alone;
    const now = new SessionValues(this.storage, config.namespace).peek();
    return [held?.sid, now?.sid].includes(sid) || this.alone.hasEnded(sid);
  }

  /** Tokens that are being renewed, or brought to the record, must not be sent by a copy. */
  private whileBusy({ watch }: Life, started: Observable<void>): Observable<never> {
    if (watch === null) return EMPTY;
    return started.pipe(
      switchMap(() => watch.rings$),
      filter(({ type, sid }) => type === 'ring' && this.joined === null && this.alone.held?.sid === sid),
      tap(({ sid }) => {
        watch.post({ type: 'busy', sid });
      }),
      ignoreElements(),
    );
  }

  /** `null`: there is nothing to share any more, or it cannot be done here. */
  private join({ sid, record: name }: Ring, life: Life): Observable<SessionRecord | null> {
    const { mark, config } = life;
    const record = name ?? `${config.namespace}/${sid}`;
    return this.openShared(life, record).pipe(
      switchMap((opened) =>
        opened === null
          ? of(null)
          : bringAlong(this.alone, opened, sid).pipe(map((isHeld) => (isHeld ? opened : null))),
      ),
      tap((joined) => {
        this.joined = joined;
        if (joined !== null) mark.join(record);
      }),
    );
  }

  private openShared({ config }: Life, name: string): Observable<SessionRecord | null> {
    return this.shared
      .open(PLAN, config, { name, news$: this.news })
      .pipe(
        switchMap((opening) =>
          opening === null
            ? of(null)
            : opening.isUsable$.pipe(map((isUsable) => (isUsable ? opening.record : null))),
        ),
      );
  }

  /** The tab that was copied had ended it on its own, and says so only now. */
  private end({ sid }: Ring, joined: SessionRecord, life: Life): Observable<never> {
    if (!this.knows(sid, life)) return EMPTY;
    return joined.remove(sid).pipe(
      catchError(() => of(null)),
      tap(() => {
        this.news.next();
      }),
      ignoreElements(),
    );
  }

  /** A page that is there again may have been copied while it was not. */
  private ring({ mark, watch }: Life): void {
    const { held } = this.alone;
    if (held !== null)
      watch?.post({ type: 'ring', sid: held.sid, ...(mark.record !== null && { record: mark.record }) });
  }

  private keepMarked(life: Life): void {
    const { mark } = life;
    const leaves$ = this.sleepSignals.pipe(filter((signal) => signal === 'pagehide'));
    const returns$ = this.wakeSignals.pipe(filter((signal) => signal === 'pageshow'));
    merge(
      leaves$.pipe(
        map(() => () => {
          mark.leave();
        }),
      ),
      returns$.pipe(
        map(() => () => {
          mark.keep();
          this.ring(life);
        }),
      ),
      this.alone.changes$.pipe(
        map(() => () => {
          mark.keep();
        }),
      ),
    )
      .pipe(takeUntilDestroyed(this.destroyRef))
      .subscribe((act) => {
        act();
      });
  }
}
