import { effect, inject, signal, type Signal } from '@angular/core';
import { SessionService } from 'ngx-cognito-session';
import { injectDemoConfig } from '../config/inject-demo-config';
import { injectNow } from './inject-now';
import { readBackoff } from './read-backoff';

/**
 * Seconds until the next try after failed refreshes, by the stored record that all tabs share; `null` if no refresh has failed, or if
 * the record is not in IndexedDB. Needs an injection context.
 */
export function injectNextTry(): Signal<number | null> {
  const { clientId } = injectDemoConfig();
  const session = inject(SessionService);
  const now = injectNow();
  const seconds = signal<number | null>(null);
  effect(() => {
    const at = now();
    if (!session.isSignedIn()) {
      seconds.set(null);
      return;
    }
    readBackoff(clientId).then(
      (until) => seconds.set(until === null || until < at ? null : Math.ceil((until - at) / 1000)),
      // The browser blocks its databases, or has removed this one meanwhile.
      () => seconds.set(null),
    );
  });
  return seconds.asReadonly();
}
