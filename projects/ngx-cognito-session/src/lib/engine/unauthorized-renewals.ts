import { inject, Injectable } from '@angular/core';
import { defer, EMPTY, filter, tap, type Observable } from 'rxjs';
import { UNAUTHORIZED_PAUSE_MS } from '../config/numbers';
import type { ActiveSession } from '../core/active-session';
import { unauthorizedStep, type TokenOrigin, type UnauthorizedRenewal } from '../core/unauthorized-step';
import { shareRun } from '../lifecycle/share-run';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SessionStore } from '../state/session-store';
import { LiveTokens } from './live-tokens';

/** Answers a 401 with a newer token of the same sign-in, or with nothing. */
@Injectable()
export class UnauthorizedRenewals {
  private readonly store = inject(SessionStore);
  private readonly tokens = inject(LiveTokens);
  private readonly clock = inject(SESSION_CLOCK);
  private last: (UnauthorizedRenewal & { readonly outcome$: Observable<ActiveSession> }) | null = null;

  /** Cold; the session to retry with, or completes empty: the 401 is the answer then. Errors if the renewal fails. */
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
          // By the road of all tokens: the newer one may be suspect, or dead by now.
          return this.tokens.live();
        case 'renew':
          return this.renew(carried);
        case 'join':
          return this.last?.outcome$ ?? EMPTY;
        case 'giveUp':
          return EMPTY;
      }
    }).pipe(
      // The user may have changed while the renewal was on its way.
      filter(({ sid }) => sid === carried.sid && this.store.active?.sid === carried.sid),
    );
  }

  /** What comes of it counts for those who come later, whether or not whoever caused it still waits. */
  private renew(refused: TokenOrigin): Observable<ActiveSession> {
    const outcome$: Observable<ActiveSession> = this.tokens.renewed().pipe(
      tap({
        next: () => {
          this.last = { refused, obtainedAtMs: this.clock.monotonic(), outcome$ };
        },
        // Nobody who comes later is told of it: the 401 is the answer then.
        error: () => {
          this.last = { refused, obtainedAtMs: null, outcome$: EMPTY };
        },
      }),
      shareRun(),
    );
    this.last = { refused, obtainedAtMs: null, outcome$ };
    return outcome$;
  }
}
