import { inject } from '@angular/core';
import { catchError, map, of, switchMap, timeout, type Observable } from 'rxjs';
import { TOKEN_VERIFIER } from '../cognito/token-verifier';
import { SERVER_RESTORE_WAIT_MS } from '../config/numbers';
import { FailureReport, toSessionError } from '../lifecycle/failure-report';
import { ConfiguredSession } from '../lifecycle/session-lifecycle';
import { IS_BROWSER } from '../platform/is-browser';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { shareRun } from '../platform/share-run';

/**
 * On a server: the session of the request's cookies, if the app verifies tokens. In an injection context. Cold, and
 * runs once for all subscribers; emits once and completes, never errors.
 */
export function restoreOnServer(): Observable<void> {
  if (inject(IS_BROWSER) || inject(TOKEN_VERIFIER, { optional: true }) === null) return of(undefined);
  const { logger } = inject(FailureReport);
  return inject(ConfiguredSession).lifecycle$.pipe(
    switchMap(({ serverRestore }) => serverRestore?.run() ?? of(undefined)),
    // A configuration, or keys, that never arrive must not delay the page.
    timeout({ first: SERVER_RESTORE_WAIT_MS, scheduler: inject(SESSION_SCHEDULER) }),
    map(() => undefined),
    // The browser decides.
    catchError((error: unknown) => {
      const { code, message } = toSessionError(error);
      logger.warn(`The session of the request could not be verified. ${message}`, { code });
      return of(undefined);
    }),
    shareRun(),
  );
}
