import { DOCUMENT, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { timer } from 'rxjs';
import { IS_BROWSER } from '../platform/is-browser';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { SessionService } from '../session-service/session-service';
import { SESSION_STORAGE } from '../storage/session-storage-token';

/** Set to `false` by builds for browsers. */
declare const ngServerMode: unknown;

/**
 * Starts the restore in a browser, in an injection context. A page that was rendered on a server shows the state `restoring`.
 * The first rendering in the browser must show the same, unless the server has read the cookies.
 */
export function startRestore(): void {
  if ((typeof ngServerMode === 'undefined' || ngServerMode) && !inject(IS_BROWSER)) return;
  const session = inject(SessionService);
  if (!isServerRendered() || areCookies()) session.initialize();
  else
    timer(0, inject(SESSION_SCHEDULER))
      .pipe(takeUntilDestroyed())
      .subscribe(() => session.initialize());
}

function isServerRendered(): boolean {
  return inject(DOCUMENT).querySelector('[ng-server-context]') !== null;
}

/** A storage of the app may throw when it is made. The restore reports that. */
function areCookies(): boolean {
  try {
    return 'refreshTokenIn' in inject(SESSION_STORAGE);
  } catch {
    return false;
  }
}
