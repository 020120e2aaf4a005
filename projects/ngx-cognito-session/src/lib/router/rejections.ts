import { inject } from '@angular/core';
import { Diagnostics } from '../platform/diagnostics';
import { SESSION_LOGGER } from '../platform/session-logger';
import type { Attempted } from './attempted';

type Target = Attempted['target'];

/**
 * Reports that a guard rejects a signed-in user and leads nowhere; in its injection context, for the time when it has decided.
 * For development only.
 */
export function rejectionReport(target: Target): () => void {
  const [diagnostics, logger] = [inject(Diagnostics), inject(SESSION_LOGGER)];
  return () => {
    if (isFinal(target))
      diagnostics.say(
        logger,
        'NCS119',
        'A guard rejected a signed-in user and has no `denied`: the page stays blank or does not change. Pass { denied: ... } to groupGuard or createSessionGuard.',
      );
  };
}

/** Reports that a guard rejects a user who is not signed in and leads nowhere; in an injection context. For development only. */
export function diagnoseMissingSignInRoute(target: Target): void {
  if (isFinal(target))
    inject(Diagnostics).say(
      inject(SESSION_LOGGER),
      'NCS118',
      'A guard rejected a user who is not signed in, and there is no withSignInRoute: the page stays blank or does not change. Add withSignInRoute to provideSession.',
    );
}

/** With `canMatch` the router tries the next route, and reports on its own if there is none. */
function isFinal(target: Target): boolean {
  return !Array.isArray(target);
}
