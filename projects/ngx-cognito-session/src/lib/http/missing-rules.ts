import { inject } from '@angular/core';
import { Diagnostics } from '../platform/diagnostics';
import { SESSION_LOGGER } from '../platform/session-logger';
import { SESSION_SOURCE } from '../session-service/session-source';

/** Reports that `sessionInterceptor` runs without rules; in its injection context. For development only. */
export function diagnoseMissingRules(): void {
  const [diagnostics, logger] = [inject(Diagnostics), inject(SESSION_LOGGER)];
  if (inject(SESSION_SOURCE, { optional: true }) === null)
    diagnostics.say(logger, 'NCS102', 'sessionInterceptor is registered, and there is no provideSession.');
  else
    diagnostics.say(
      logger,
      'NCS101',
      'sessionInterceptor is registered without withTokenInjection: no request gets a token.',
    );
}
