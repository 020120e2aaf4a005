import { inject, Injectable } from '@angular/core';
import { catchError, defer, map, of, switchMap, throwError, type Observable } from 'rxjs';
import type { TerminalCode } from '../cognito/service-error';
import type { ResolvedConfig } from '../config/resolved-config';
import type { ActiveSession } from '../core/active-session';
import { isRetryUsedUp, nextFailure } from '../core/renewal-failure';
import { SessionError } from '../errors/session-error';
import { RANDOM_SOURCE } from '../platform/random';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SessionStore } from '../state/session-store';
import { Adoption } from './adoption';
import { Elsewhere } from './elsewhere';
import { FailureReport, toSessionError } from './failure-report';
import { look } from './look';
import { RECORD } from './record';
import { SessionEnd, type EndReason } from './session-end';
import { SessionFactory } from './session-factory';

/** Steps 5 and 6 of the renewal protocol: what an answer that is not good does to the session. */
@Injectable()
export class RenewalFailures {
  private readonly store = inject(SessionStore);
  private readonly record = inject(RECORD);
  private readonly factory = inject(SessionFactory);
  private readonly adoption = inject(Adoption);
  private readonly elsewhere = inject(Elsewhere);
  private readonly sessionEnd = inject(SessionEnd);
  private readonly report = inject(FailureReport);
  private readonly clock = inject(SESSION_CLOCK);
  private readonly random = inject(RANDOM_SOURCE);

  /** Keeps the tokens and sets when the next try may be made. */
  transient(active: ActiveSession, error: SessionError, config: ResolvedConfig): Observable<never> {
    return defer(() => {
      const { held } = this.store;
      if (held?.active.sid === active.sid) {
        const failure = nextFailure(
          error,
          held.failure,
          config.retry,
          this.clock.now(),
          this.random.number(),
        );
        const stale = !this.factory.isLive(held.active) && isRetryUsedUp(failure, config.retry);
        this.report.log(error);
        this.store.apply({ type: 'renewalFailed', sid: active.sid, gen: active.gen, failure, stale });
      }
      return throwError(() => error);
    });
  }

  /** Ends the session, unless another tab was faster and the refused token is not the stored one any more. */
  terminal(
    active: ActiveSession,
    error: SessionError,
    code: TerminalCode,
    config: ResolvedConfig,
  ): Observable<ActiveSession> {
    return this.record.read(active.sid).pipe(
      map((reading) => look(active, reading)),
      catchError((unreadable: unknown) => of(toSessionError(unreadable))),
      switchMap((seen): Observable<ActiveSession> => {
        // Whether the token was refused for good cannot be told now: look again later.
        if (seen instanceof SessionError) return this.transient(active, seen, config);
        if (seen.type !== 'newer')
          return this.sessionEnd.end(active, this.reasonFor(active, code), error, () =>
            this.elsewhere.follow(active, config),
          );
        return this.adoption.adopt(active, seen.stored, config);
      }),
    );
  }

  private reasonFor(active: ActiveSession, code: TerminalCode): EndReason {
    const { endsAt } = active.session;
    const isPastEnd = endsAt !== null && this.factory.serverNowMs(active) >= endsAt.getTime();
    return code === 'refreshTokenExpired' && isPastEnd ? 'sessionEnded' : code;
  }
}
