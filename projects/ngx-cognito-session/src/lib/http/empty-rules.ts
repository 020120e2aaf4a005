import { inject } from '@angular/core';
import { Diagnostics } from '../platform/diagnostics';
import { SESSION_LOGGER } from '../platform/session-logger';
import type { TokenInjectionOptions } from './token-rule';

/** Reports that there are no rules in `withTokenInjection`; in an injection context. For development only. */
export function diagnoseEmptyRules({ attachTo }: TokenInjectionOptions): void {
  if (attachTo.length === 0)
    inject(Diagnostics).say(
      inject(SESSION_LOGGER),
      'NCS112',
      'withTokenInjection: attachTo is empty, so no request gets a token. Name the APIs that get one.',
    );
}
