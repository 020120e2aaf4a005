import { Injectable } from '@angular/core';
import type { ɵWakeSignal as WakeSignal } from 'ngx-cognito-session';
import { Subject, type Observable } from 'rxjs';

/** A page that wakes up only when the test makes it, independent of the window in which the tests run. */
@Injectable()
export class TestWakeSignals {
  private readonly signals = new Subject<WakeSignal>();
  /** Hot; never completes. */
  readonly signals$: Observable<WakeSignal> = this.signals.asObservable();

  emit(): void {
    this.signals.next('visible');
  }
}
