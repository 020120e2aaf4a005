import { DestroyRef, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { catchError, defer, map, merge, take, type Observable } from 'rxjs';
import { REQUEST_HARD_LIMIT_MS } from '../config/numbers';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import type { ClockReading } from '../core/session-time';
import type { RawTokens } from '../core/token-set';
import { SessionError } from '../errors/session-error';
import { readAuthenticationResult } from '../cognito/token-response';
import { failAfterActiveTime } from '../platform/active-time';
import { readClock, SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { toSessionError } from './failure-report';
import { REFRESHER } from './refresher';

export interface RefreshCallRequest {
  readonly refreshToken: string;
  readonly deviceKey?: string | undefined;
  readonly clientMetadata?: Record<string, string> | undefined;
}

export interface RefreshAnswer {
  readonly raw: RawTokens;
  /** `iat` lies between the two. */
  readonly asked: ClockReading;
  readonly received: ClockReading;
}

/** The one place that sends a refresh token to Cognito: once, and given up after the hard limit. */
export class RefreshCall {
  readonly #config = inject(RESOLVED_CONFIG);
  readonly #refresher = inject(REFRESHER);
  readonly #clock = inject(SESSION_CLOCK);
  readonly #scheduler = inject(SESSION_SCHEDULER);
  readonly #destroyRef = inject(DestroyRef);

  /** Cold; one value. Errors with a `SessionError`, also for what a transport or the client metadata of the app throw. */
  send({
    refreshToken,
    deviceKey: ownKey,
    clientMetadata: own,
  }: RefreshCallRequest): Observable<RefreshAnswer> {
    return defer(() => {
      const deviceKey = this.#config.deviceKey ?? ownKey;
      const clientMetadata = own ?? this.#config.clientMetadata?.();
      const abort = new AbortController();
      const asked = readClock(this.#clock);
      const answer$ = this.#refresher.refresh({
        refreshToken,
        ...(deviceKey !== undefined && { deviceKey }),
        ...(clientMetadata !== undefined && { clientMetadata }),
        signal: abort.signal,
      });
      return merge(answer$, this.#hardLimit(abort)).pipe(
        take(1),
        map((answer) => ({ raw: checked(answer), asked, received: readClock(this.#clock) })),
      );
    }).pipe(
      catchError((error: unknown) => {
        throw toSessionError(error);
      }),
    );
  }

  #hardLimit(abort: AbortController): Observable<never> {
    const failure = () => {
      abort.abort();
      return new SessionError('timeout', 'Cognito did not answer within 30 s.');
    };
    return failAfterActiveTime(REQUEST_HARD_LIMIT_MS, this.#clock, this.#scheduler, failure).pipe(
      takeUntilDestroyed(this.#destroyRef),
    );
  }
}

/** A transport of the app may give anything. */
function checked(answer: unknown): RawTokens {
  const { accessToken, idToken, refreshToken } = (answer ?? {}) as Partial<RawTokens>;
  return readAuthenticationResult({
    AccessToken: accessToken,
    IdToken: idToken,
    RefreshToken: refreshToken,
  });
}
