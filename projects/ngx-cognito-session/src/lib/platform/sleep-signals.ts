import { DOCUMENT, inject, InjectionToken, NgZone } from '@angular/core';
import { EMPTY, type Observable } from 'rxjs';
import { IS_BROWSER } from './is-browser';
import { pageEvents } from './page-events';

/** The page is hidden, or may be stopped at any time. */
export type SleepSignal = 'hidden' | 'freeze' | 'pagehide';

/** Hot while there are subscribers, outside the Angular zone; never completes in a browser, empty on a server. */
export const SLEEP_SIGNALS = new InjectionToken<Observable<SleepSignal>>('SLEEP_SIGNALS', {
  providedIn: 'root',
  factory: () => {
    const document = inject(DOCUMENT);
    const zone = inject(NgZone);
    return inject(IS_BROWSER) ? sleepSignals(document, zone) : EMPTY;
  },
});

export function sleepSignals(document: Document, zone: NgZone): Observable<SleepSignal> {
  return pageEvents<SleepSignal>(zone, [
    [document, 'visibilitychange', () => (document.visibilityState === 'hidden' ? 'hidden' : null)],
    // Chromium fires it when it stops a page.
    [document, 'freeze', () => 'freeze'],
    [document.defaultView, 'pagehide', () => 'pagehide'],
  ]);
}
