import { computed, inject, type Signal } from '@angular/core';
import { injectExpiresIn, SessionService } from 'ngx-cognito-session';

/** What an app may want to tell its user while Cognito is in trouble. */
export interface SessionFacts {
  readonly label: string;
  readonly detail: string;
  readonly tone: 'good' | 'warning' | 'neutral';
}

/** The state in words; call it in an injection context. A failed refresh is no reason to send a user to sign-in. */
export function injectSessionFacts(): Signal<SessionFacts> {
  const { state } = inject(SessionService);
  const expiresIn = injectExpiresIn();
  return computed<SessionFacts>(() => {
    const current = state();
    switch (current.status) {
      case 'restoring':
        return { label: 'Restoring', detail: 'Looking for a session.', tone: 'neutral' };
      case 'signedOut':
        return { label: 'Signed out', detail: `Reason: ${current.reason}`, tone: 'warning' };
      case 'stale':
        return {
          label: 'Stale',
          detail: `Signed in, no valid token: ${current.error.code}`,
          tone: 'warning',
        };
      case 'signedIn':
        return current.refreshing
          ? { label: 'Refreshing', detail: 'Cognito has been asked for new tokens.', tone: 'neutral' }
          : { label: 'Signed in', detail: `The tokens expire in ${expiresIn() ?? 0} s.`, tone: 'good' };
    }
  });
}
