import { DestroyRef, inject, NgZone } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { BehaviorSubject, catchError, map, of, Subject, switchMap, tap, type Observable } from 'rxjs';
import { STORAGE_LIMIT_MS } from '../config/numbers';
import { mergeAhead, mergingAhead } from '../core/ahead-copy';
import { unreadable } from '../core/reconcile';
import { keep, type DroppedTokens, type RecordStep } from '../core/record-step';
import { liveRecord, type RecordReading, type StoredSession } from '../core/session-record';
import type { SignOutMarker } from '../core/sign-out-marker';
import type { SessionError } from '../errors/session-error';
import { leaveZone } from '../platform/enter-zone';
import { PageStop } from '../platform/page-stop';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { shareRun } from '../platform/share-run';
import { untilDone } from '../platform/until-done';
import { chooseRecordPlace } from './choose-record-place';
import { isCookieDropped } from './dropped-cookie';
import { RecordAgreement } from './record-agreement';
import { limited, storageErrors } from './storage-call';
import { UnconfirmedDrops } from './unconfirmed-drops';
import { UnsavedSession } from './unsaved-session';

/**
 * `attached`: the record is in its database. `detached`: the database is lost, and the page follows the copy. `alone`: no
 * other page sees the record.
 */
export type RecordMode = 'attached' | 'detached' | 'alone';

/**
 * The record of the session, wherever it is, with its copy and the sign-out markers. Readings and steps honour the markers
 * and what a page without its database has written. Nothing is read or written while the page is frozen.
 */
export class StoredRecord {
  readonly #place = chooseRecordPlace();
  readonly #scheduler = inject(SESSION_SCHEDULER);
  readonly #pageStop = inject(PageStop);
  readonly #destroyRef = inject(DestroyRef);
  readonly #zone = inject(NgZone);
  readonly #unsaved = new UnsavedSession();
  readonly #drops = new UnconfirmedDrops();
  readonly #agreement = new RecordAgreement(this.#place, {
    look: () => this.#look(),
    step: () => this.update(() => keep(null)),
    onFailure: (error) => this.problems$.next(error),
  });

  /** Whether other tabs see the record. */
  readonly isShared = this.#place.isShared;
  /** Whether a page that loses its database goes on with the copy. */
  readonly canBeDetached = this.#place.copy?.canBegin === true;
  /** Hot, replays. */
  readonly mode$ = new BehaviorSubject<RecordMode>(this.mode);
  /** Hot: tokens that steps have taken out of the record, once that is on disk. */
  readonly dropped$ = new Subject<DroppedTokens>();
  /** Hot: failures that no caller waits for. */
  readonly problems$ = new Subject<SessionError>();
  /** Hot: the record is worth a look, as the database was taken away or is back, or refused tokens were stored. */
  readonly disturbed$ = new Subject<void>();

  constructor() {
    this.#place.database?.disturbed$.pipe(takeUntilDestroyed()).subscribe(() => this.#followMode());
    if (this.mode === 'detached') this.#reattach();
  }

  get mode(): RecordMode {
    if (!this.isShared) return 'alone';
    return this.#place.database?.isDetached === true ? 'detached' : 'attached';
  }

  get hasMarkers(): boolean {
    return this.#place.markers.list().length > 0;
  }

  /** When the user signed out of a session that was not known; 0 if there is no such marker. */
  get endedUntil(): number {
    const unknown = this.#place.markers.list().filter(({ sid }) => sid === '*');
    return Math.max(0, ...unknown.map(({ at }) => at));
  }

  leaveMarker(marker: SignOutMarker): void {
    if (marker.sid !== '*' || this.isShared) this.#place.markers.leave(marker);
  }

  /** What the copy says, in the task of the call. It is for a first state: the record has the last word. */
  peek(): RecordReading {
    return this.#honoured(this.#place.copy?.peek() ?? 'none');
  }

  /** Cold, one value; changes nothing. `isPatient`: for as long as the storage takes. Errors with `storageError`. */
  read({ isPatient = false } = {}): Observable<RecordReading> {
    return this.#look(isPatient).pipe(
      map((looked) => {
        const { reading: merged } = mergeAhead(looked, this.#unsaved.reading);
        // A copy that is ahead counts before a step has merged it. `#orCopy` decides about a missing record.
        const reading = typeof merged === 'object' ? mergeAhead(merged, this.#copyOfOthers).reading : merged;
        const honoured = this.#honoured(reading);
        // The page that left the marker may be gone.
        if (honoured !== reading) this.mirror();
        return honoured;
      }),
      switchMap((reading) => this.#orCopy(reading)),
    );
  }

  /**
   * Cold, one value: takes one step. When it emits, the step is on disk, and in the copy if that could be written. Errors
   * with `storageError`; the step may have been taken all the same.
   */
  update<T>(step: RecordStep<T>): Observable<T> {
    let before: RecordReading = 'none';
    // A step that is taken late merges what is unsaved by then.
    let unsaved: RecordReading = 'none';
    const honouring = this.#place.markers.honouring(step);
    const merging = mergingAhead(honouring, () => this.#copyOfOthers);
    const whole = mergingAhead(merging, () => (unsaved = this.#unsaved.reading));
    const tracked = this.#drops.tracking<T>(
      (reading) => whole((before = reading)),
      () => this.mode !== 'detached',
      (dropped) => this.dropped$.next(dropped),
    );
    return this.#whenRunning(() => this.#place.store.update(tracked)).pipe(
      map(({ next, result }) => {
        this.#unsaved.settle(unsaved);
        if (next !== null && !isSameSession(before, next)) this.#afterChange(before, next);
        return result;
      }),
    );
  }

  /**
   * The storage refuses these tokens. Hot; takes the step again until they are stored or others have taken their place,
   * emits then, and completes. Any step stores them. Until then the copy keeps them, so that they survive this page.
   */
  keepUnsaved(session: StoredSession, step: RecordStep<unknown>): Observable<unknown> {
    for (const dropped of this.#unsaved.add(session)) this.dropped$.next(dropped);
    if (this.canBeDetached) this.#agreement.write(this.#unsaved.reading, true);
    const attempt = (): Observable<true | null> =>
      this.#unsaved.is(session.sid)
        ? this.update<unknown>(this.isUnsaved(session) ? step : () => keep(null)).pipe(
            map(() => true as const),
            catchError(() => of(null)),
          )
        : of(true);
    const saved$ = untilDone(attempt, this.#scheduler).pipe(
      takeUntilDestroyed(this.#destroyRef),
      // The record may hold other tokens.
      tap(() => this.disturbed$.next()),
      shareRun(),
    );
    saved$.subscribe();
    return saved$;
  }

  /** Whether the storage has refused these tokens. */
  isUnsaved({ sid, gen }: Pick<StoredSession, 'sid' | 'gen'>): boolean {
    return this.#unsaved.is(sid, gen);
  }

  /** Cold; completes once copy and markers agree with the record. Errors with `storageError`. */
  agree(): Observable<never> {
    return this.#agreement.reach();
  }

  /** The same in the background, until it succeeds. */
  mirror(): void {
    this.#agreement.request();
  }

  /** Cold, one value: whether the session would live in a cookie, and the browser has dropped it. */
  isCookieGone(): Observable<boolean> {
    const { copy } = this.#place;
    const isCookie = copy !== null && !copy.canBegin && this.mode === 'attached';
    return isCookie ? isCookieDropped(copy, () => this.read()) : of(false);
  }

  #honoured(reading: RecordReading): RecordReading {
    return this.#place.markers.honour(reading);
  }

  /** The copy, if a page without its database may have written it. */
  get #copyOfOthers(): RecordReading {
    const { copy } = this.#place;
    return copy?.canBegin === true && this.mode === 'attached' ? copy.peek() : 'none';
  }

  #look(isPatient = false): Observable<RecordReading> {
    return this.#whenRunning(() => this.#place.store.read(), isPatient);
  }

  /** The database was deleted or is damaged: a copy in `localStorage` becomes the record. */
  #orCopy(reading: RecordReading): Observable<RecordReading> {
    if (reading !== 'none' && reading !== 'corrupt') return of(reading);
    const copy = this.canBeDetached ? this.peek() : 'none';
    // A copy that cannot be read is not a storage that was cleared.
    if (liveRecord(copy) === null) return of(typeof copy === 'string' && copy !== 'none' ? copy : reading);
    if (reading === 'corrupt') this.problems$.next(unreadable(reading));
    return this.update(keep);
  }

  #afterChange(before: RecordReading, next: RecordReading): void {
    if (this.mode === 'detached') {
      this.#markReplaced(before, next);
      return;
    }
    this.mirror();
    this.#agreement.write(next);
  }

  /** The database, which this page cannot open, still holds the replaced session: without the new one it would come back. */
  #markReplaced(before: RecordReading, next: RecordReading): void {
    const [old, now] = [liveRecord(before), liveRecord(next)];
    if (old !== null && now !== null && old.sid !== now.sid)
      this.leaveMarker({ sid: old.sid, at: now.since - 1 });
  }

  #followMode(): void {
    const { mode } = this;
    const isSame = mode === this.mode$.value;
    if (!isSame) this.mode$.next(mode);
    if (!isSame && mode === 'detached') this.#reattach();
    // What this page, or another one, has written to the copy meanwhile.
    if (!isSame && mode === 'attached') this.mirror();
    this.disturbed$.next();
  }

  #reattach(): void {
    this.#place.database?.reattach().pipe(takeUntilDestroyed(this.#destroyRef)).subscribe();
  }

  /** Outside the zone. Chromium delivers messages to frozen pages, and a transaction that begins there does not end. */
  #whenRunning<T>(use: () => Observable<T>, isPatient = false): Observable<T> {
    const limitMs = STORAGE_LIMIT_MS + (this.#place.turnLimitMs ?? 0);
    return this.#pageStop.whenRunning().pipe(
      switchMap(() => (isPatient ? use() : limited(use(), limitMs, this.#scheduler))),
      storageErrors(),
      leaveZone(this.#zone),
    );
  }
}

function isSameSession(before: RecordReading, next: RecordReading): boolean {
  const [old, now] = [liveRecord(before), liveRecord(next)];
  return (
    old !== null &&
    now !== null &&
    old.sid === now.sid &&
    old.gen === now.gen &&
    old.tokens.refreshToken === now.tokens.refreshToken &&
    old.spare === now.spare
  );
}
