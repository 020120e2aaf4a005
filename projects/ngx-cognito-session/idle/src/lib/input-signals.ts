import { DOCUMENT, inject, InjectionToken, NgZone } from '@angular/core';
import { filter, fromEvent, merge, Observable } from 'rxjs';

declare const ngDevMode: unknown;

/** Not `scroll`, which scripts cause as well, and not `focus`, which comes when another window is closed. */
const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'touchstart', 'wheel'];

/**
 * Cold; emits with each input of the user, outside the Angular zone. Events that a script dispatches do not count. Never
 * completes.
 *
 * @see https://dom.spec.whatwg.org/#dom-event-istrusted
 */
export const INPUT_SIGNALS = new InjectionToken<Observable<unknown>>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'INPUT_SIGNALS' : '',
  {
    providedIn: 'root',
    factory: () => {
      const { defaultView } = inject(DOCUMENT);
      const zone = inject(NgZone);
      // `capture`: before code of the app can stop the event.
      const options = { capture: true, passive: true };
      const inputs$ = merge(
        ...INPUTS.flatMap((type) =>
          defaultView === null ? [] : [fromEvent<Event>(defaultView, type, options)],
        ),
      ).pipe(filter(({ isTrusted }) => isTrusted));
      return new Observable((subscriber) => zone.runOutsideAngular(() => inputs$.subscribe(subscriber)));
    },
  },
);
