import { DestroyRef, DOCUMENT, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { SESSION_CLOCK, ɵSESSION_SCHEDULER } from 'ngx-cognito-session';
import { timer } from 'rxjs';
import { IDLE_LIMITS } from './idle-options';
import { elapsedMs, momentAt, readTime, type Moment } from './idle-time';

/** Input is written at most this often. Other tabs see it that much later, and never too late: the limits are longer. */
const WRITE_PAUSE_MS = 3000;

/**
 * When the user was active last, in any tab: a time in `localStorage`, which is read again before anything depends on it. Where
 * that is not available each tab counts for itself. The time is there only while a user is signed in.
 */
export class LastInput {
  readonly #window = inject(DOCUMENT).defaultView;
  readonly #clock = inject(SESSION_CLOCK);
  readonly #scheduler = inject(ɵSESSION_SCHEDULER);
  readonly #destroyRef = inject(DestroyRef);
  readonly #limits = inject(IDLE_LIMITS);
  #key: string | null = null;
  #last: Moment | null = null;
  /** What this page has written last. */
  #written: number | null = null;
  #isPaused = false;

  /** Starts anew with what is stored for this app client. */
  open(clientId: string): void {
    this.#key = `cognito-session:${clientId}/last-input`;
    this.#last = null;
    this.#written = null;
    this.read();
  }

  /** Whether any input is known. */
  get isKnown(): boolean {
    return this.#last !== null;
  }

  /** How long the user has been inactive; 0 if no input is known. */
  get idleMs(): number {
    return this.#last === null ? 0 : Math.max(0, elapsedMs(this.#last, this.#now));
  }

  /** Takes over newer input of other tabs. */
  read(): void {
    const stored = readTime(this.#use((storage, key) => storage.getItem(key)) ?? null);
    if (stored === null) return;
    const now = this.#now;
    const moment = momentAt(stored, now);
    if (this.#last === null || elapsedMs(moment, now) < this.idleMs) this.#last = moment;
    // Otherwise it would count as now again.
    if (stored > now.wallMs) this.#write();
  }

  /** There was input: now, or at a time of the wall clock. Older input than the last changes nothing. */
  note(wallMs = Infinity): void {
    const now = this.#now;
    const moment = momentAt(wallMs, now);
    if (this.#last !== null && elapsedMs(moment, now) > this.idleMs) return;
    this.#last = moment;
    if (!this.#isPaused) this.#writeAndPause();
  }

  /** Writes what has not been written yet. */
  save(): void {
    if (this.#last !== null && this.#last.wallMs !== this.#written) this.#write();
  }

  /** The user is signed out. */
  forget(): void {
    this.#last = null;
    this.#use((storage, key) => {
      storage.removeItem(key);
    });
  }

  #writeAndPause(): void {
    if (this.#last === null || this.#last.wallMs === this.#written) return;
    this.#write();
    this.#isPaused = true;
    const { afterMs, warnMs } = this.#limits;
    timer(Math.min(WRITE_PAUSE_MS, (afterMs - warnMs) / 2), this.#scheduler)
      .pipe(takeUntilDestroyed(this.#destroyRef))
      .subscribe(() => {
        this.#isPaused = false;
        this.#writeAndPause();
      });
  }

  #write(): void {
    const { wallMs } = this.#last ?? this.#now;
    this.#written = wallMs;
    this.#use((storage, key) => {
      storage.setItem(key, String(Math.round(wallMs)));
    });
  }

  get #now(): Moment {
    return { wallMs: this.#clock.now(), monotonicMs: this.#clock.monotonic() };
  }

  #use<T>(work: (storage: Storage, key: string) => T): T | undefined {
    try {
      return this.#window && this.#key !== null ? work(this.#window.localStorage, this.#key) : undefined;
    } catch {
      // Full, or blocked by the browser.
      return undefined;
    }
  }
}
