import { inject } from '@angular/core';
import { defer, EMPTY, filter, identity, map, switchMap, tap, timer, type Observable } from 'rxjs';
import { UNAUTHORIZED_PAUSE_MS, YOUNG_TOKEN_MS } from '../config/numbers';
import type { ActiveSession } from '../core/active-session';
import { unauthorizedStep, type TokenOrigin, type UnauthorizedRenewal } from '../core/unauthorized-step';
import { shareRun } from '../platform/share-run';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { SessionStore } from '../state/session-store';
import { LiveTokens } from './live-tokens';

const LIMITS = { pauseMs: UNAUTHORIZED_PAUSE_MS, youngMs: YOUNG_TOKEN_MS };

/** Answers a 401 with a newer token of the same sign-in, with the same one later, or with nothing. */
export class UnauthorizedRefreshes {
  readonly #store = inject(SessionStore);
  readonly #tokens = inject(LiveTokens);
  readonly #clock = inject(SESSION_CLOCK);
  readonly #scheduler = inject(SESSION_SCHEDULER);
  #last: (UnauthorizedRenewal & { readonly outcome$: Observable<unknown> }) | null = null;

  /** Cold; the session to retry with, or completes empty: the 401 is the answer then. Errors if the refresh fails. */
  replace(carried: TokenOrigin): Observable<ActiveSession> {
    return defer(() => {
      const step = unauthorizedStep(carried, this.#store.active, this.#last, this.#clock.monotonic(), LIMITS);
      switch (step.type) {
        case 'retryWithHeld':
          // Through the door of all tokens: the newer one may be suspect, or expired by now.
          return this.#tokens.live(identity);
        case 'repeat':
          return this.#after(timer(step.afterMs, this.#scheduler));
        case 'renew':
          return this.#after(this.#refresh(carried));
        case 'join':
          return this.#after(this.#last?.outcome$ ?? EMPTY);
        case 'giveUp':
          return EMPTY;
      }
    }).pipe(
      // Another user may have signed in while the refresh was on its way.
      filter(({ sid }) => sid === carried.sid && this.#store.active?.sid === carried.sid),
    );
  }

  #after(moment$: Observable<unknown>): Observable<ActiveSession> {
    return moment$.pipe(switchMap(() => this.#tokens.live(identity)));
  }

  /** Only a refresh that succeeded counts for later callers, also if the one that caused it has left. */
  #refresh(refused: TokenOrigin): Observable<unknown> {
    const outcome$: Observable<unknown> = this.#tokens.refreshed().pipe(
      tap({
        next: () => {
          this.#last = { refused, obtainedAtMs: this.#clock.monotonic(), outcome$ };
        },
        error: () => {
          if (this.#last?.outcome$ === outcome$) this.#last = null;
        },
      }),
      // It is kept, also after the session has ended: without the tokens.
      map(() => null),
      shareRun(),
    );
    this.#last = { refused, obtainedAtMs: null, outcome$ };
    return outcome$;
  }
}
