import { inject } from '@angular/core';
import { Diagnostics } from '../platform/diagnostics';
import { SESSION_LOGGER } from '../platform/session-logger';

/** A rule is meant for a server whose `HttpClient` would carry tokens along redirects. For development only. */
export function diagnoseServerXhr(): void {
  inject(Diagnostics).say(
    inject(SESSION_LOGGER),
    'NCS107',
    'HttpClient sends with XMLHttpRequest on the server: no request gets a token there without withFetch().',
  );
}
