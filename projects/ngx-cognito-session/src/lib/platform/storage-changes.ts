import { DOCUMENT, inject, InjectionToken, NgZone } from '@angular/core';
import { EMPTY, type Observable } from 'rxjs';
import { IS_BROWSER } from './is-browser';
import { pageEvents } from './page-events';

/** What another tab has done to a web storage. */
export interface StorageChange {
  /** `null`: it was cleared. */
  readonly key: string | null;
  readonly isRemoval: boolean;
}

/** Hot while somebody listens, outside the Angular zone; never completes in a browser, empty on a server. */
export const STORAGE_CHANGES = new InjectionToken<Observable<StorageChange>>('STORAGE_CHANGES', {
  providedIn: 'root',
  factory: () => {
    const window = inject(DOCUMENT).defaultView;
    const zone = inject(NgZone);
    if (!inject(IS_BROWSER)) return EMPTY;
    return pageEvents<StorageChange>(zone, (emit) => [
      {
        target: window,
        type: 'storage',
        listener: (event) => {
          const { key, newValue } = event as StorageEvent;
          emit({ key, isRemoval: newValue === null });
        },
      },
    ]);
  },
});
