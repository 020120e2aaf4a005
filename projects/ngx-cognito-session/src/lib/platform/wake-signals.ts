import { DOCUMENT, inject, InjectionToken, NgZone } from '@angular/core';
import { EMPTY, type Observable } from 'rxjs';
import { IS_BROWSER } from './is-browser';
import { pageEvents } from './page-events';

/** The device or the page may have slept: the clock has to be checked. */
export type WakeSignal = 'visible' | 'online' | 'pageshow' | 'resume';

/** Hot while there are subscribers, outside the Angular zone; never completes in a browser, empty on a server. */
export const WAKE_SIGNALS = new InjectionToken<Observable<WakeSignal>>('WAKE_SIGNALS', {
  providedIn: 'root',
  factory: () => {
    const document = inject(DOCUMENT);
    const zone = inject(NgZone);
    return inject(IS_BROWSER) ? wakeSignals(document, zone) : EMPTY;
  },
});

export function wakeSignals(document: Document, zone: NgZone): Observable<WakeSignal> {
  return pageEvents<WakeSignal>(zone, [
    [document, 'visibilitychange', () => (document.visibilityState === 'visible' ? 'visible' : null)],
    // Chromium fires it when a frozen page resumes.
    [document, 'resume', () => 'resume'],
    [document.defaultView, 'online', () => 'online'],
    [document.defaultView, 'pageshow', () => 'pageshow'],
  ]);
}
