import { inject, Injectable } from '@angular/core';
import { catchError, defer, map, merge, of, switchMap, take, throwError, type Observable } from 'rxjs';
import { isTerminal } from '../cognito/service-error';
import { ConfigHolder } from '../config/config-holder';
import { REQUEST_HARD_LIMIT_MS } from '../config/numbers';
import type { ResolvedConfig } from '../config/resolved-config';
import type { ActiveSession } from '../core/active-session';
import { driftByIssuedAt } from '../core/session-time';
import { mergeRenewedTokens, type RawTokens } from '../core/token-set';
import { SessionError } from '../errors/session-error';
import { afterActiveTime } from '../platform/active-time';
import { readClock, SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { SessionStore } from '../state/session-store';
import type { StoredSession } from '../storage/stored-session';
import { Adoption } from './adoption';
import { Elsewhere } from './elsewhere';
import { toSessionError } from './failure-report';
import { look } from './look';
import { RECORD } from './record';
import { REFRESHER } from './refresher';
import { RenewalCommit } from './renewal-commit';
import { RenewalFailures } from './renewal-failures';
import { SessionFactory } from './session-factory';

/** One attempt, in the order of the renewal protocol: look, call Cognito once, commit, publish. */
@Injectable()
export class RenewalAttempt {
  private readonly config$ = inject(ConfigHolder).config$;
  private readonly store = inject(SessionStore);
  private readonly record = inject(RECORD);
  private readonly refresher = inject(REFRESHER);
  private readonly factory = inject(SessionFactory);
  private readonly adoption = inject(Adoption);
  private readonly elsewhere = inject(Elsewhere);
  private readonly commit = inject(RenewalCommit);
  private readonly failures = inject(RenewalFailures);
  private readonly clock = inject(SESSION_CLOCK);
  private readonly scheduler = inject(SESSION_SCHEDULER);

  /** Cold; one value. Errors after state and events have told of the failure. */
  run(sid: string, clientMetadata: Record<string, string> | undefined): Observable<ActiveSession> {
    return this.config$.pipe(
      switchMap((config) => {
        const { active } = this.store;
        return active?.sid !== sid
          ? throwError(sessionEnded)
          : this.look(active, config, clientMetadata).pipe(
              catchError((error: unknown) => this.settle(active, error, config)),
            );
      }),
    );
  }

  /** Whatever went wrong and has not been told: the state must not wait for ever for a run that is over. */
  private settle(active: ActiveSession, error: unknown, config: ResolvedConfig): Observable<never> {
    const { held } = this.store;
    const isUntold = held?.active.sid === active.sid && (held.refreshing || held.failure?.error !== error);
    return isUntold
      ? this.failures.transient(held.active, toSessionError(error), config)
      : throwError(() => error);
  }

  private look(
    active: ActiveSession,
    config: ResolvedConfig,
    clientMetadata: Record<string, string> | undefined,
  ): Observable<ActiveSession> {
    return this.record.read(active.sid).pipe(
      map((reading) => look(active, reading)),
      catchError((error: unknown) => of({ type: 'failed' as const, error: toSessionError(error) })),
      switchMap((seen) => {
        switch (seen.type) {
          case 'failed':
            return this.failures.transient(active, seen.error, config);
          case 'gone':
            return this.recover(active, config, clientMetadata);
          case 'newer':
            return this.adopt(active, seen.stored, config, clientMetadata);
          case 'unchanged':
            return this.call(active, config, clientMetadata);
        }
      }),
    );
  }

  /** Not where it was: signed out, replaced or cleared elsewhere, or only the record was lost. */
  private recover(
    active: ActiveSession,
    config: ResolvedConfig,
    clientMetadata: Record<string, string> | undefined,
  ): Observable<ActiveSession> {
    return this.elsewhere.follow(active, config).pipe(
      catchError((error: unknown) => this.unreadable(active, error, config)),
      switchMap((held) => (held.gen > active.gen ? of(held) : this.call(held, config, clientMetadata))),
    );
  }

  /** A record that cannot be read says nothing about the session: try again later. */
  private unreadable(active: ActiveSession, error: unknown, config: ResolvedConfig): Observable<never> {
    const reason = toSessionError(error);
    return reason.code === 'storageError'
      ? this.failures.transient(active, reason, config)
      : throwError(() => reason);
  }

  /** Another tab's tokens; if they are due themselves, one's own renewal follows. */
  private adopt(
    active: ActiveSession,
    stored: StoredSession,
    config: ResolvedConfig,
    clientMetadata: Record<string, string> | undefined,
  ): Observable<ActiveSession> {
    return this.adoption
      .adopt(active, stored, config)
      .pipe(
        switchMap((adopted) =>
          this.factory.serverNowMs(adopted) < adopted.renewalDueAtMs
            ? of(adopted)
            : this.call(adopted, config, clientMetadata),
        ),
      );
  }

  private call(
    active: ActiveSession,
    config: ResolvedConfig,
    clientMetadata: Record<string, string> | undefined,
  ): Observable<ActiveSession> {
    return defer(() => {
      // Signed out while the record was being read: nothing must be sent any more.
      if (this.store.active?.sid !== active.sid) throw sessionEnded();
      this.store.apply({ type: 'renewalStarted', sid: active.sid });
      return this.request(active, config, clientMetadata);
    }).pipe(
      // As a value: what fails from here on is no answer of Cognito and must not be judged as one.
      catchError((error: unknown) => of(toSessionError(error))),
      switchMap((answer) => {
        if (!(answer instanceof SessionError)) return this.commit.commit(active, answer, config);
        // A session that is over cannot fail any more.
        if (this.store.active?.sid !== active.sid) return throwError(sessionEnded);
        return isTerminal(answer.code)
          ? this.failures.terminal(active, answer, answer.code, config)
          : this.failures.transient(active, answer, config);
      }),
    );
  }

  private request(
    active: ActiveSession,
    config: ResolvedConfig,
    clientMetadata: Record<string, string> | undefined,
  ): Observable<ActiveSession> {
    const { tokens } = active;
    if (tokens.refreshToken === undefined)
      return throwError(() => new SessionError('noRefreshToken', 'The session has no refresh token.'));
    const deviceKey = config.deviceKey ?? tokens.deviceKey;
    const metadata = clientMetadata ?? config.clientMetadata?.();
    const asked = readClock(this.clock);
    const abort = new AbortController();
    const answer$ = this.refresher.refresh({
      refreshToken: tokens.refreshToken,
      ...(deviceKey !== undefined && { deviceKey }),
      ...(metadata !== undefined && { clientMetadata: metadata }),
      signal: abort.signal,
    });
    return merge(answer$, this.hardLimit(abort)).pipe(
      take(1),
      map((renewed: RawTokens) => {
        const merged = mergeRenewedTokens(tokens, renewed, config);
        const driftMs = driftByIssuedAt(merged.accessClaims.iat, asked, readClock(this.clock));
        return this.factory.create(
          { sid: active.sid, gen: active.gen + 1, tokens: merged, driftMs, isFresh: true },
          config,
        );
      }),
    );
  }

  private hardLimit(abort: AbortController): Observable<never> {
    return afterActiveTime(REQUEST_HARD_LIMIT_MS, this.clock, this.scheduler).pipe(
      map(() => {
        abort.abort();
        throw new SessionError('timeout', 'Cognito did not answer.');
      }),
    );
  }
}

function sessionEnded(): SessionError {
  return new SessionError('superseded', 'The session ended while it was being renewed.');
}
