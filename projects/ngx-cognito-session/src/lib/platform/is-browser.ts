import { isPlatformBrowser } from '@angular/common';
import { inject, InjectionToken, PLATFORM_ID } from '@angular/core';

declare const ngDevMode: unknown;

export const IS_BROWSER = new InjectionToken<boolean>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'IS_BROWSER' : '',
  {
    providedIn: 'root',
    factory: () => isPlatformBrowser(inject(PLATFORM_ID)),
  },
);
