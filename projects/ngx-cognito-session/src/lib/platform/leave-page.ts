import { DOCUMENT, inject, InjectionToken } from '@angular/core';

declare const ngDevMode: unknown;

/** Leaves the app for another page. `isReplaced`: the browser's history forgets the current one. */
export type LeavePage = (url: string, isReplaced: boolean) => void;

/** Replaced in tests, which cannot leave their page. */
export const LEAVE_PAGE = new InjectionToken<LeavePage>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'LEAVE_PAGE' : '',
  {
    providedIn: 'root',
    factory: () => {
      const { location } = inject(DOCUMENT);
      return (url, isReplaced) => {
        if (isReplaced) location.replace(url);
        else location.assign(url);
      };
    },
  },
);
