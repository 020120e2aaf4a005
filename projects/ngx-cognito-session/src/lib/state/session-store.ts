import { DestroyRef, inject, NgZone } from '@angular/core';
import { BehaviorSubject, Subject, type Observable } from 'rxjs';
import type { ActiveSession } from '../core/active-session';
import type { EventOrigin, SessionEvent, SessionMoment } from '../core/session-event';
import { INITIAL_STATE, type InternalState } from '../core/session-state';
import type { Transition } from '../core/signed-out';
import { OneByOne } from '../platform/one-by-one';

/** Holds the one state and writes it. Raw tokens live here and in no public value. */
export class SessionStore {
  private readonly zone = inject(NgZone);
  private readonly subject = new BehaviorSubject<InternalState>(INITIAL_STATE);
  private readonly moments = new Subject<SessionEvent>();
  /** The newest state; the subject follows when earlier publications are through. */
  private current: InternalState = this.subject.value;
  private readonly turns = new OneByOne();

  /** Hot, replays the current state, completes when the injector is destroyed. */
  readonly state$: Observable<InternalState> = this.subject.asObservable();
  /** Hot, never replayed, completes when the injector is destroyed. */
  readonly events$: Observable<SessionEvent> = this.moments.asObservable();

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      // From here on the subjects take nothing any more, not even what is waiting to be published.
      this.subject.complete();
      this.moments.complete();
    });
  }

  get state(): InternalState {
    return this.current;
  }

  get active(): ActiveSession | null {
    return this.state.active;
  }

  /** Makes a change known: state first, then its events, all inside the Angular zone and in one go. */
  publish({ state, events }: Transition): void {
    // What leaves the state as it is makes no event either.
    if (state === this.current) return;
    this.current = state;
    this.inTurn(() => {
      this.subject.next(state);
      for (const event of events) this.moments.next(event);
    });
  }

  /** Tells of a moment that leaves the state as it is. */
  tell(moment: SessionMoment, origin: EventOrigin = 'thisTab'): void {
    this.inTurn(() => {
      this.moments.next({ origin, ...moment });
    });
  }

  /**
   * One publication after the other: a subscriber that calls a command must not make later subscribers see the newer
   * state before the older one.
   */
  private inTurn(publication: () => void): void {
    this.zone.run(() => {
      this.turns.run(publication);
    });
  }
}
