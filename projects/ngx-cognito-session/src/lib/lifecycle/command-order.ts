import { DestroyRef, inject } from '@angular/core';
import { BehaviorSubject, filter, map, of, take, timeout, type Observable } from 'rxjs';
import { STORAGE_LIMIT_MS } from '../config/numbers';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';

/** A sign-in or sign-out that the app has asked for. */
export interface Command {
  /** Whether no later one has been asked for, and the app is not destroyed. */
  readonly isLatest: () => boolean;
}

/** The order of commands: a later sign-in or sign-out overtakes one that is still on its way. */
export class CommandOrder {
  readonly #scheduler = inject(SESSION_SCHEDULER);
  #latest = 0;
  readonly #signIns = new BehaviorSubject<readonly string[]>([]);

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.#latest++;
      this.#signIns.complete();
    });
  }

  /** Counts the commands. */
  get count(): number {
    return this.#latest;
  }

  begin(): Command {
    const mine = ++this.#latest;
    return { isLatest: () => mine === this.#latest };
  }

  /** A sign-in, which may begin the session `sid`, is on its way until the function that this returns is called. */
  enter(sid: string): () => void {
    this.#signIns.next([...this.signIns, sid]);
    return () => this.#signIns.next(this.signIns.filter((other) => other !== sid));
  }

  /** The sessions that the sign-ins on their way may begin. */
  get signIns(): readonly string[] {
    return this.#signIns.value;
  }

  get isIdle(): boolean {
    return this.signIns.length === 0;
  }

  /**
   * Cold; emits once no sign-in is on its way, and completes. Waits only as long as a sign-in takes to store its tokens: one
   * that has to ask Cognito first may take 30 s.
   */
  whenIdle(): Observable<void> {
    return this.#signIns.pipe(
      filter(({ length }) => length === 0),
      timeout({ first: STORAGE_LIMIT_MS, scheduler: this.#scheduler, with: () => of([]) }),
      take(1),
      map(() => undefined),
    );
  }
}
