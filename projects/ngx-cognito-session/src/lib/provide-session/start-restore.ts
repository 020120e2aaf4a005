import { DOCUMENT, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { timer } from 'rxjs';
import { Startup } from '../lifecycle/startup';
import { IS_BROWSER } from '../platform/is-browser';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { SESSION_STORAGE } from '../storage/storage-adapter';

/**
 * Starts the restore in a browser, in an injection context. A page that was rendered on a server shows what is true while restoring:
 * the first rendering in the browser must find the same, and only cookies were there to be seen by the server as well.
 */
export function startRestore(): void {
  if (!inject(IS_BROWSER)) return;
  const startup = inject(Startup);
  const isServerRendered = inject(DOCUMENT).querySelector('[ng-server-context]') !== null;
  if (!isServerRendered || 'refreshTokenIn' in inject(SESSION_STORAGE)) {
    startup.start();
    return;
  }
  timer(0, inject(SESSION_SCHEDULER))
    .pipe(takeUntilDestroyed())
    .subscribe(() => startup.start());
}
