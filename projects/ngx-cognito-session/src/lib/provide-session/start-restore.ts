import { DOCUMENT, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { catchError, map, noop, of, switchMap, timer, type Observable } from 'rxjs';
import { IS_BROWSER } from '../platform/is-browser';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { EngineLoader } from '../session-service/engine-loader';
import { KnownState } from '../state/known-state';
import { SESSION_STORAGE } from '../storage/session-storage-token';

/** Set to `false` by builds for browsers. */
declare const ngServerMode: unknown;

/**
 * Starts the restore in a browser, in an injection context. A page that was rendered on a server shows what is true while
 * restoring: the first rendering in the browser must find the same, and only cookies were there to be seen by the server
 * as well.
 */
export function startRestore(): void {
  if ((typeof ngServerMode === 'undefined' || ngServerMode) && !inject(IS_BROWSER)) return;
  inject(KnownState).start();
  const { eventually$ } = inject(EngineLoader);
  const isLater = isServerRendered() && !areCookies();
  (isLater ? timer(0, inject(SESSION_SCHEDULER)).pipe(switchMap(() => eventually$)) : eventually$)
    .pipe(takeUntilDestroyed())
    .subscribe({
      next: (engine) => {
        engine.start();
      },
      // The loader has told of it.
      error: noop,
    });
}

/**
 * The page that a server has rendered from the cookies is there already: it is brought to life once the same session is
 * known here. In an injection context. Cold; emits once and completes, never errors.
 */
export function beforeHydration(): Observable<void> {
  if ((typeof ngServerMode === 'undefined' || ngServerMode) && !inject(IS_BROWSER)) return of(undefined);
  if (!isServerRendered() || !areCookies()) return of(undefined);
  return inject(KnownState)
    .within(inject(EngineLoader).engine$)
    .pipe(
      map(() => undefined),
      // Too late, or told of by the loader, which goes on trying: a page that is dead is no better.
      catchError(() => of(undefined)),
    );
}

function isServerRendered(): boolean {
  return inject(DOCUMENT).querySelector('[ng-server-context]') !== null;
}

function areCookies(): boolean {
  return 'refreshTokenIn' in inject(SESSION_STORAGE);
}
