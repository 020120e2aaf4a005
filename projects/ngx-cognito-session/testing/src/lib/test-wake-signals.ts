import { Injectable } from '@angular/core';
import type { ɵWakeSignal as WakeSignal } from 'ngx-cognito-session';
import { Subject, type Observable } from 'rxjs';

/** A page that wakes up when a test says so, whatever happens to the window that the tests run in. */
@Injectable()
export class TestWakeSignals {
  private readonly signals = new Subject<WakeSignal>();
  /** Hot; never completes. */
  readonly signals$: Observable<WakeSignal> = this.signals.asObservable();

  emit(): void {
    this.signals.next('visible');
  }
}
