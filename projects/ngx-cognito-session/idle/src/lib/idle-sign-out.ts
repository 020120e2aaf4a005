import { DOCUMENT, inject, signal, untracked, type Signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  SessionService,
  ɵdueTimer,
  ɵIS_BROWSER,
  ɵRANDOM_SOURCE,
  ɵSESSION_SCHEDULER,
  ɵSLEEP_SIGNALS,
  ɵWAKE_SIGNALS,
  type Session,
  type ɵEndOptions,
} from 'ngx-cognito-session';
import {
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  finalize,
  from,
  merge,
  NEVER,
  repeat,
  Subject,
  switchMap,
  tap,
  type Observable,
} from 'rxjs';
import { IDLE_LIMITS } from './idle-options';
import { nextLeftMs } from './idle-time';
import { INPUT_SIGNALS } from './input-signals';
import { LastInput } from './last-input';

/** Timers are armed in pieces, and checked against the clock when a piece ends. */
const TIMER_PIECE_MS = 300_000;
/** A hidden tab leaves the sign-out to a visible one, and hidden tabs to the first of them. */
const HIDDEN_GRACE_MS = 1000;

/** What ends a session. */
export const END: ɵEndOptions = { reason: 'idle' };

/**
 * Signs the user out after inactivity. `withIdleSignOut` provides it, and starts it.
 *
 * ```ts
 * @Component({
 *   selector: 'app-idle-warning',
 *   changeDetection: ChangeDetectionStrategy.OnPush,
 *   template: `
 *     @if (idle.secondsLeft() !== null) {
 *       You will be signed out in {{ idle.secondsLeft() }} s.
 *       <button type="button" (click)="idle.stayActive()">Stay signed in</button>
 *     }
 *   `,
 * })
 * export class IdleWarning {
 *   protected readonly idle = inject(IdleSignOut);
 * }
 * ```
 */
export class IdleSignOut {
  readonly #session = inject(SessionService);
  readonly #limits = inject(IDLE_LIMITS);
  readonly #last = inject(LastInput);
  readonly #inputs = inject(INPUT_SIGNALS);
  readonly #document = inject(DOCUMENT);
  readonly #scheduler = inject(ɵSESSION_SCHEDULER);
  readonly #wakeSignals = inject(ɵWAKE_SIGNALS);
  readonly #sleepSignals = inject(ɵSLEEP_SIGNALS);
  readonly #graceMs = HIDDEN_GRACE_MS * (1 + 2 * inject(ɵRANDOM_SOURCE).number());
  readonly #stays = new Subject<void>();
  readonly #restarts = new Subject<void>();
  readonly #secondsLeft = signal<number | null>(null);

  /**
   * The whole seconds until the sign-out, during the warning; otherwise `null`. Ticks once a second, outside the zone. Always
   * `null` on a server.
   */
  readonly secondsLeft: Signal<number | null> = this.#secondsLeft.asReadonly();

  constructor() {
    if (!inject(ɵIS_BROWSER)) return;
    merge(
      this.#session.session$.pipe(
        distinctUntilChanged(isSameSignIn),
        switchMap((session) => (session === null ? this.#forget() : this.#watch(session))),
      ),
      this.#session.events$.pipe(
        filter(
          ({ type, origin }) => origin === 'thisTab' && (type === 'signedIn' || type === 'sessionReplaced'),
        ),
        tap(() => {
          this.#note();
        }),
      ),
    )
      .pipe(takeUntilDestroyed())
      .subscribe();
  }

  /** Counts as input of the user: the warning ends in all tabs. Does nothing while no user is signed in. */
  stayActive(): void {
    this.#stays.next();
  }

  /**
   * Whether the time of a stored session is over. `clientId`: whose session it is.
   *
   * @internal
   */
  ɵisOver(clientId: string): boolean {
    this.#last.open(clientId);
    return this.#leftMs <= 0;
  }

  get #leftMs(): number {
    return this.#limits.afterMs - this.#last.idleMs;
  }

  /** A stored session that cannot be read for now may come back. */
  #forget(): Observable<never> {
    const state = untracked(this.#session.state);
    if (state.status === 'signedOut' && state.reason !== 'storageUnreadable') this.#last.forget();
    return EMPTY;
  }

  #watch({ accessClaims, clockDrift }: Session): Observable<unknown> {
    return defer(() => {
      this.#last.open(accessClaims.client_id);
      // A sign-in in another tab, or on another page, is input. A page that was loaded without a stored time begins now.
      const { auth_time: signedInAt } = accessClaims;
      if (!this.#last.isKnown) this.#last.note();
      else if (signedInAt !== undefined) this.#last.note((signedInAt - clockDrift) * 1000);
      return merge(
        // The event of a sign-in in this tab follows the session in the same task, and is input, too.
        merge(from(Promise.resolve()), this.#restarts).pipe(switchMap(() => this.#countdown())),
        merge(this.#inputs, this.#stays).pipe(
          tap(() => {
            this.#input();
          }),
        ),
        this.#sleepSignals.pipe(
          tap(() => {
            this.#last.save();
          }),
        ),
      ).pipe(
        finalize(() => {
          this.#secondsLeft.set(null);
        }),
      );
    });
  }

  /** Input after the end of the time comes too late: the timer of a page that slept has not fired yet. */
  #input(): void {
    if (this.#leftMs <= 0) this.#last.read();
    if (this.#leftMs <= 0) {
      this.#session.signOut(END);
      return;
    }
    this.#note();
  }

  #note(): void {
    this.#last.note();
    if (this.#secondsLeft() !== null) this.#restarts.next();
  }

  /** One timer: for the warning, for each second of it, for the end. */
  #countdown(): Observable<unknown> {
    return defer(() => {
      // Other tabs write what the user does there.
      this.#last.read();
      const { warnMs } = this.#limits;
      const leftMs = this.#leftMs;
      const graceMs = this.#document.visibilityState === 'hidden' ? this.#graceMs : 0;
      this.#secondsLeft.set(leftMs > warnMs || warnMs === 0 ? null : Math.max(0, Math.ceil(leftMs / 1000)));
      if (leftMs <= -graceMs) {
        this.#session.signOut(END);
        // The end of the session ends this, as soon as earlier publications have reached all subscribers.
        return NEVER;
      }
      const nextMs = nextLeftMs(leftMs, warnMs, graceMs);
      return ɵdueTimer(() => this.#leftMs - nextMs, TIMER_PIECE_MS, this.#wakeSignals, this.#scheduler);
    }).pipe(repeat());
  }
}

function isSameSignIn(a: Session | null, b: Session | null): boolean {
  return (
    a === b ||
    (a !== null &&
      b !== null &&
      a.user.sub === b.user.sub &&
      a.accessClaims.auth_time === b.accessClaims.auth_time)
  );
}
