import { DOCUMENT, inject } from '@angular/core';
import { SESSION_CLOCK, SessionError, ɵdiagnosticText, ɵTokenlessSessions } from 'ngx-cognito-session';
import { OPTIONS } from './options';

declare const ngDevMode: unknown;

const PERIOD_MS = 60_000;
/** No sign-in yet. More than one is allowed within the time: a user may sign in, sign out and go back to guarded pages. */
const NONE = '0 0 0';
const PROBLEM = 'Three sign-ins within a minute, and there is no session.';

/**
 * Limits how often a tab is sent to sign-in without a user who asks for it. Managed login may remember the user and lead back
 * without asking: if the session does not arrive, the browser would go round and round. The function counts one more, and returns
 * whether the page may be left for it; if not, that is reported. Needs an injection context.
 */
export function signInLimit(): () => boolean {
  const { defaultView } = inject(DOCUMENT);
  const key = `cognito-session:server:${inject(OPTIONS).basePath}`;
  const clock = inject(SESSION_CLOCK);
  const sessions = inject(ɵTokenlessSessions);
  return () => {
    const nowMs = clock.now();
    try {
      const storage = defaultView?.sessionStorage;
      // When the last ones began.
      const [first, ...later] = (storage?.getItem(key) ?? NONE).split(' ');
      // A clock that is set back must not block sign-in for longer.
      if (Math.abs(nowMs - Number(first)) < PERIOD_MS) {
        sessions.fail(new SessionError('noSession', problem()));
        return false;
      }
      storage?.setItem(key, [...later, nowMs].join(' '));
    } catch {
      // Browsers that block the storage block cookies as well: a login without a cookie does not lead back.
    }
    return true;
  };
}

function problem(): string {
  return typeof ngDevMode === 'undefined' || ngDevMode
    ? ɵdiagnosticText(
        'NCS123',
        `${PROBLEM} The browser may not keep the cookie, or a cache may answer for the server.`,
      )
    : PROBLEM;
}
