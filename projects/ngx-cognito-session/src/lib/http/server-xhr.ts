import { inject } from '@angular/core';
import { Diagnostics } from '../platform/diagnostics';
import { SESSION_LOGGER } from '../platform/session-logger';

/** Reports a rule with `onServer` whose `HttpClient` would send tokens along with redirects. For development only. */
export function diagnoseServerXhr(): void {
  inject(Diagnostics).say(
    inject(SESSION_LOGGER),
    'NCS107',
    'HttpClient sends with XMLHttpRequest on the server: no request gets a token there without withFetch().',
  );
}
