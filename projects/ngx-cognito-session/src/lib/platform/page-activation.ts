import { DOCUMENT, inject, InjectionToken, NgZone } from '@angular/core';
import { defer, of, take, type Observable } from 'rxjs';
import { enterZone } from './enter-zone';
import { pageEvents } from './page-events';

declare const ngDevMode: unknown;

/**
 * Cold, one value: immediately, or once the user opens a page that the browser has prerendered. Such a page may wait for
 * minutes, or never be seen. Inside the zone.
 *
 * @see https://wicg.github.io/nav-speculation/prerendering.html
 */
export const PAGE_ACTIVATION = new InjectionToken<Observable<unknown>>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'PAGE_ACTIVATION' : '',
  {
    providedIn: 'root',
    factory: () => {
      const document: Document & { readonly prerendering?: boolean } = inject(DOCUMENT);
      const zone = inject(NgZone);
      return defer(() =>
        document.prerendering === true
          ? pageEvents(zone, [[document, 'prerenderingchange', () => true]]).pipe(take(1), enterZone(zone))
          : of(true),
      );
    },
  },
);
