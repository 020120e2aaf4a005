import { DestroyRef, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { catchError, defer, map, merge, take, throwError, type Observable } from 'rxjs';
import { REQUEST_HARD_LIMIT_MS } from '../config/numbers';
import type { ResolvedConfig } from '../config/resolved-config';
import type { ClockReading } from '../core/session-time';
import type { RawTokens } from '../core/token-set';
import { SessionError } from '../errors/session-error';
import { afterActiveTime } from '../platform/active-time';
import { InTurn } from '../platform/in-turn';
import { readClock, SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { toSessionError } from './failure-report';
import { REFRESHER } from './refresher';

export interface RefreshCallRequest {
  readonly refreshToken: string;
  readonly deviceKey: string | undefined;
  readonly clientMetadata: Record<string, string> | undefined;
  /** Asked when its turn comes; `superseded` if not. Default: it is. */
  readonly isWanted?: () => boolean;
}

export interface RefreshAnswer {
  readonly raw: RawTokens;
  /** `iat` lies between the two. */
  readonly asked: ClockReading;
  readonly received: ClockReading;
}

/** The one place that sends a refresh token to Cognito: one call at a time, once, given up after the hard limit. */
@Injectable()
export class RefreshCall {
  private readonly refresher = inject(REFRESHER);
  private readonly clock = inject(SESSION_CLOCK);
  private readonly scheduler = inject(SESSION_SCHEDULER);
  private readonly destroyRef = inject(DestroyRef);
  private readonly calls = new InTurn();

  /**
   * Hot; one value. Errors with a `SessionError` of the transport. Leaving does not abort it: the answer may already be
   * a rotated token.
   */
  call(request: RefreshCallRequest, config: ResolvedConfig): Observable<RefreshAnswer> {
    return this.calls.run(() =>
      defer(() => this.send(request, config)).pipe(
        // Also what a transport or the client metadata of the app throw instead of erroring.
        catchError((error: unknown) => throwError(() => toSessionError(error))),
      ),
    );
  }

  private send(
    { refreshToken, deviceKey: ownKey, clientMetadata: ownMetadata, isWanted }: RefreshCallRequest,
    config: ResolvedConfig,
  ): Observable<RefreshAnswer> {
    if (isWanted?.() === false) throw new SessionError('superseded', 'The session ended while it waited.');
    const deviceKey = config.deviceKey ?? ownKey;
    const clientMetadata = ownMetadata ?? config.clientMetadata?.();
    const abort = new AbortController();
    const asked = readClock(this.clock);
    const answer$ = this.refresher.refresh({
      refreshToken,
      ...(deviceKey !== undefined && { deviceKey }),
      ...(clientMetadata !== undefined && { clientMetadata }),
      signal: abort.signal,
    });
    return merge(answer$, this.hardLimit(abort)).pipe(
      take(1),
      map((raw: RawTokens) => ({ raw, asked, received: readClock(this.clock) })),
    );
  }

  private hardLimit(abort: AbortController): Observable<never> {
    return afterActiveTime(REQUEST_HARD_LIMIT_MS, this.clock, this.scheduler).pipe(
      takeUntilDestroyed(this.destroyRef),
      map(() => {
        abort.abort();
        throw new SessionError('timeout', 'Cognito did not answer.');
      }),
    );
  }
}
