import { DestroyRef, inject, NgZone } from '@angular/core';
import { BehaviorSubject, Subject, type Observable } from 'rxjs';
import type { ActiveSession } from '../core/active-session';
import type { SessionEvent } from '../core/session-event';
import {
  INITIAL_STATE,
  isHeld,
  isSameState,
  toPublicState,
  type HeldState,
  type InternalState,
  type SessionState,
} from '../core/session-state';
import type { SessionChange } from '../core/session-change';
import { transition } from '../core/transition';
import { inZone } from '../platform/enter-zone';
import { OneByOne } from '../platform/one-by-one';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SharedState } from '../platform/shared-state';

/** Holds the one state and writes it. Raw tokens are here and in no public value. */
export class SessionStore {
  readonly #zone = inject(NgZone);
  readonly #clock = inject(SESSION_CLOCK);
  readonly #subject = new BehaviorSubject<InternalState>(INITIAL_STATE);
  readonly #eventSubject = new Subject<SessionEvent>();
  /** The newest state. The subject follows when earlier publications have reached all subscribers. */
  #current: InternalState = this.#subject.value;
  /** What the app sees of it. */
  #shown = toPublicState(this.#current);
  readonly #publications = new OneByOne();
  #restoringAgainMs = -Infinity;
  #changes = 0;

  /** What the app sees. Completes when the injector is destroyed. */
  readonly shared = new SharedState<SessionState>(this.#shown, this.#zone);

  /** Hot, replays the current state, completes when the injector is destroyed. */
  readonly state$: Observable<InternalState> = this.#subject.asObservable();
  /** Hot, never replayed, completes when the injector is destroyed. */
  readonly events$: Observable<SessionEvent> = this.#eventSubject.asObservable();

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      inZone(this.#zone, () => {
        this.shared.complete();
        this.#subject.complete();
        this.#eventSubject.complete();
      });
    });
  }

  /** How often the state has changed. */
  get changes(): number {
    return this.#changes;
  }

  get state(): InternalState {
    return this.#current;
  }

  get active(): ActiveSession | null {
    return this.#current.active;
  }

  get held(): HeldState | null {
    return isHeld(this.#current) ? this.#current : null;
  }

  /** When a page that knew already whether a user was signed in began to restore a session, on the monotonic clock. */
  get restoringAgainMs(): number {
    return this.#restoringAgainMs;
  }

  /**
   * Publishes what a change makes of the state: the state first, then its events, all inside the Angular zone. A change
   * that the app cannot see leaves Angular alone.
   */
  apply(change: SessionChange): void {
    const { state, events } = transition(this.#current, change);
    if (state === this.#current) return;
    if (state.status === 'restoring' && this.#current.status !== 'restoring')
      this.#restoringAgainMs = this.#clock.monotonic();
    this.#current = state;
    this.#changes++;
    const shown = toPublicState(state);
    const isShown = !isSameState(shown, this.#shown);
    this.#shown = shown;
    const publication = () => {
      if (isShown) this.shared.next(shown);
      this.#subject.next(state);
      for (const event of events) this.#eventSubject.next(event);
    };
    if (isShown || events.length > 0) this.#publish(publication);
    else this.#publications.run(publication);
  }

  /** Emits an event that leaves the state as it is. */
  emit(event: SessionEvent): void {
    this.#publish(() => {
      this.#eventSubject.next(event);
    });
  }

  /**
   * One publication after the other: a subscriber that calls a command must not make later subscribers see the newer
   * state before the older one.
   */
  #publish(publication: () => void): void {
    this.#publications.run(() => {
      inZone(this.#zone, publication);
    });
  }
}
