import { inject, InjectionToken } from '@angular/core';
import { IS_BROWSER } from './is-browser';

/** The Web Locks of this origin; `null` on servers, and in browsers that lack or refuse them. */
export const WEB_LOCKS = new InjectionToken<LockManager | null>('WEB_LOCKS', {
  providedIn: 'root',
  factory: () => (inject(IS_BROWSER) ? webLocks() : null),
});

function webLocks(): LockManager | null {
  try {
    return (navigator as Partial<Pick<Navigator, 'locks'>>).locks ?? null;
  } catch {
    // A getter that throws is a browser that refuses.
    return null;
  }
}
