import { inject } from '@angular/core';
import { defer, EMPTY, filter, tap, type Observable } from 'rxjs';
import { UNAUTHORIZED_PAUSE_MS } from '../config/numbers';
import type { ActiveSession } from '../core/active-session';
import { unauthorizedStep, type TokenOrigin, type UnauthorizedRenewal } from '../core/unauthorized-step';
import { shareRun } from '../platform/share-run';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SessionStore } from '../state/session-store';
import { LiveTokens } from './live-tokens';

/** Answers a 401 with a newer token of the same sign-in, or with nothing. */
export class UnauthorizedRefreshes {
  private readonly store = inject(SessionStore);
  private readonly tokens = inject(LiveTokens);
  private readonly clock = inject(SESSION_CLOCK);
  private last: (UnauthorizedRenewal & { readonly outcome$: Observable<ActiveSession> }) | null = null;

  /** Cold; the session to retry with, or completes empty: the 401 is the answer then. Errors if the refresh fails. */
  replace(carried: TokenOrigin): Observable<ActiveSession> {
    return defer(() => {
      const step = unauthorizedStep(
        carried,
        this.store.active,
        this.last,
        this.clock.monotonic(),
        UNAUTHORIZED_PAUSE_MS,
      );
      switch (step.type) {
        case 'retryWithHeld':
          // Through the door of all tokens: the newer one may be suspect, or expired by now.
          return this.tokens.live();
        case 'renew':
          return this.refresh(carried);
        case 'join':
          return this.last?.outcome$ ?? EMPTY;
        case 'giveUp':
          return EMPTY;
      }
    }).pipe(
      // Another user may have signed in while the refresh was on its way.
      filter(({ sid }) => sid === carried.sid && this.store.active?.sid === carried.sid),
    );
  }

  /** Only a refresh that succeeded counts for later callers, also if the one that caused it has left. */
  private refresh(refused: TokenOrigin): Observable<ActiveSession> {
    const outcome$: Observable<ActiveSession> = this.tokens.refreshed().pipe(
      tap({
        next: () => {
          this.last = { refused, obtainedAtMs: this.clock.monotonic(), outcome$ };
        },
        error: () => {
          if (this.last?.outcome$ === outcome$) this.last = null;
        },
      }),
      shareRun(),
    );
    this.last = { refused, obtainedAtMs: null, outcome$ };
    return outcome$;
  }
}
