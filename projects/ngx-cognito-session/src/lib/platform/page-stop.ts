import { DestroyRef, inject } from '@angular/core';
import { BehaviorSubject, filter, map, merge, take, type Observable } from 'rxjs';
import { SLEEP_SIGNALS } from './sleep-signals';
import { WAKE_SIGNALS } from './wake-signals';

/**
 * Whether the page is frozen, or in the back/forward cache. Chromium delivers messages to frozen pages, but a
 * transaction that begins there does not end, and blocks those of all other pages.
 */
export class PageStop {
  readonly #stopped = new BehaviorSubject(false);

  constructor() {
    const stops$ = inject(SLEEP_SIGNALS).pipe(
      filter((signal) => signal !== 'hidden'),
      map(() => true),
    );
    const resumes$ = inject(WAKE_SIGNALS).pipe(
      filter((signal) => signal !== 'online'),
      map(() => false),
    );
    const signals = merge(stops$, resumes$).subscribe((isStopped) => this.#stopped.next(isStopped));
    inject(DestroyRef).onDestroy(() => {
      signals.unsubscribe();
      // A refresh token that is on its way must still be stored.
      this.#stopped.next(false);
    });
  }

  get isStopped(): boolean {
    return this.#stopped.value;
  }

  /** Cold; emits immediately if the page is running, else when it resumes, and completes. */
  whenRunning(): Observable<void> {
    return this.#stopped.pipe(
      filter((isStopped) => !isStopped),
      take(1),
      map(() => undefined),
    );
  }
}
