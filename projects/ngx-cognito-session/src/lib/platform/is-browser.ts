import { isPlatformBrowser } from '@angular/common';
import { inject, InjectionToken, PLATFORM_ID } from '@angular/core';

/** Set to `false` by builds for browsers. */
declare const ngServerMode: unknown;
declare const ngDevMode: unknown;

/** Whether this is a browser, and not a server that renders. */
export const IS_BROWSER = new InjectionToken<boolean>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'IS_BROWSER' : '',
  {
    providedIn: 'root',
    factory: () =>
      !(typeof ngServerMode === 'undefined' || ngServerMode) || isPlatformBrowser(inject(PLATFORM_ID)),
  },
);
