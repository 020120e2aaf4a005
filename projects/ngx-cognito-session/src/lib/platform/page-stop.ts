import { inject, Injectable, type OnDestroy } from '@angular/core';
import { BehaviorSubject, filter, map, take, type Observable, Subscription } from 'rxjs';
import { SLEEP_SIGNALS } from './sleep-signals';
import { WAKE_SIGNALS } from './wake-signals';

/**
 * Whether the page is frozen, or in the back/forward cache. Chromium delivers messages to frozen pages, but a
 * transaction that begins there does not end, and blocks those of all other pages.
 */
@Injectable()
export class PageStop implements OnDestroy {
  private readonly stopped = new BehaviorSubject(false);
  private readonly signals = new Subscription();

  constructor() {
    this.signals.add(
      inject(SLEEP_SIGNALS).subscribe((signal) => {
        if (signal !== 'hidden') this.stopped.next(true);
      }),
    );
    this.signals.add(
      inject(WAKE_SIGNALS).subscribe((signal) => {
        if (signal !== 'online') this.stopped.next(false);
      }),
    );
  }

  get isStopped(): boolean {
    return this.stopped.value;
  }

  /** Cold; emits immediately if the page is running, else when it resumes, and completes. */
  whenRunning(): Observable<void> {
    return this.stopped.pipe(
      filter((isStopped) => !isStopped),
      take(1),
      map(() => undefined),
    );
  }

  ngOnDestroy(): void {
    this.signals.unsubscribe();
    // A refresh token that is on its way must still be stored.
    this.stopped.next(false);
  }
}
