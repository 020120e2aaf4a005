import { inject, Injectable } from '@angular/core';
import { catchError, concat, defer, map, of, switchMap, throwError, type Observable } from 'rxjs';
import { isTerminal } from '../cognito/service-error';
import { ConfigHolder } from '../config/config-holder';
import type { ResolvedConfig } from '../config/resolved-config';
import type { ActiveSession } from '../core/active-session';
import { driftByIssuedAt } from '../core/session-time';
import { mergeRenewedTokens } from '../core/token-set';
import { SessionError } from '../errors/session-error';
import { applyChange } from '../state/apply-change';
import { heldState } from '../state/held-state';
import { SessionStore } from '../state/session-store';
import { Adoption } from './adoption';
import { AttemptEntry, type Claim, type Entered } from './attempt-entry';
import { Elsewhere } from './elsewhere';
import { toSessionError } from './failure-report';
import { RefreshCall, type RefreshAnswer } from './refresh-call';
import { RenewalCommit } from './renewal-commit';
import { RenewalFailures, rotationPending } from './renewal-failures';
import type { RenewalProgress } from './renewal-progress';
import { SessionFactory } from './session-factory';

interface Renewing {
  readonly config: ResolvedConfig;
  readonly clientMetadata: Record<string, string> | undefined;
}

/** One attempt, in the order of the renewal protocol: look and claim, call Cognito once, commit, publish. */
@Injectable()
export class RenewalAttempt {
  private readonly config$ = inject(ConfigHolder).config$;
  private readonly store = inject(SessionStore);
  private readonly entry = inject(AttemptEntry);
  private readonly refreshCall = inject(RefreshCall);
  private readonly factory = inject(SessionFactory);
  private readonly adoption = inject(Adoption);
  private readonly elsewhere = inject(Elsewhere);
  private readonly commit = inject(RenewalCommit);
  private readonly failures = inject(RenewalFailures);

  /** Cold; ends with `renewed`. Errors after state and events have told of the failure. */
  run(sid: string, clientMetadata: Record<string, string> | undefined): Observable<RenewalProgress> {
    return this.config$.pipe(
      switchMap((config) => {
        const { active } = this.store;
        return active?.sid !== sid
          ? throwError(sessionEnded)
          : this.attempt(active, { config, clientMetadata }).pipe(
              catchError((error: unknown) => this.settle(active, error, config)),
            );
      }),
    );
  }

  /** Whatever went wrong and has not been told: the state must not wait for ever for a run that is over. */
  private settle(active: ActiveSession, error: unknown, config: ResolvedConfig): Observable<RenewalProgress> {
    const held = heldState(this.store);
    const isUntold = held?.active.sid === active.sid && (held.refreshing || held.failure?.error !== error);
    return isUntold
      ? this.failures.transient(held.active, toSessionError(error), config)
      : throwError(() => error);
  }

  private attempt(active: ActiveSession, renewing: Renewing, canRecover = true): Observable<RenewalProgress> {
    const { config } = renewing;
    return this.entry.enter(active, config).pipe(
      switchMap((entered: Entered): Observable<RenewalProgress> => {
        switch (entered.type) {
          case 'claimed':
            return this.call(active, entered.claim, renewing);
          case 'newer':
            return this.adoption
              .adopt(active, entered.session, config)
              .pipe(
                switchMap((adopted) =>
                  renewing.clientMetadata === undefined
                    ? this.renewIfDue(adopted, renewing)
                    : this.attempt(adopted, renewing),
                ),
              );
          case 'gone':
            return canRecover ? this.recover(active, renewing) : throwError(unfollowable);
          case 'failing':
            return this.failures.shared(active, entered.fail, config);
          case 'pending':
            return throwError(rotationPending);
          case 'ended':
            return this.failures.ended(active, entered.reason);
        }
      }),
    );
  }

  /** Another tab's tokens; if they are due themselves, one's own renewal follows. */
  private renewIfDue(adopted: ActiveSession, renewing: Renewing): Observable<RenewalProgress> {
    return adopted.serverNowMs() < adopted.renewalDueAtMs
      ? of({ type: 'renewed', active: adopted })
      : this.attempt(adopted, renewing);
  }

  /** Not where it was: signed out, replaced or cleared elsewhere, or only the record was lost. */
  private recover(active: ActiveSession, renewing: Renewing): Observable<RenewalProgress> {
    return this.elsewhere
      .follow(active, renewing.config)
      .pipe(
        switchMap((held) =>
          held.gen > active.gen
            ? of<RenewalProgress>({ type: 'renewed', active: held })
            : this.attempt(held, renewing, false),
        ),
      );
  }

  private call(active: ActiveSession, claim: Claim, renewing: Renewing): Observable<RenewalProgress> {
    const sent = claim.refreshToken ?? active.tokens.refreshToken;
    return defer(() => {
      // Signed out while the record was being read: nothing must be sent any more.
      if (this.store.active?.sid !== active.sid || sent === undefined) {
        claim.end();
        return throwError(sessionEnded);
      }
      applyChange(this.store, { type: 'renewalStarted', sid: active.sid });
      return concat(
        of<RenewalProgress>({ type: 'calling' }),
        this.request(active, sent, renewing).pipe(
          // As a value: what fails from here on is no answer of Cognito and must not be judged as one.
          catchError((error: unknown) => of(toSessionError(error))),
          switchMap((answer) =>
            answer instanceof SessionError
              ? this.judge(active, answer, { claim, sent }, renewing)
              : this.commit
                  .commit(active, { ...answer, claim }, renewing.config)
                  .pipe(map((renewed): RenewalProgress => ({ type: 'renewed', active: renewed }))),
          ),
        ),
      );
    });
  }

  private judge(
    active: ActiveSession,
    error: SessionError,
    { claim, sent }: { readonly claim: Claim; readonly sent: string },
    renewing: Renewing,
  ): Observable<RenewalProgress> {
    const attempt = { sid: active.sid, gen: active.gen, id: claim.id, sent };
    // A session that is over cannot fail any more.
    if (this.store.active?.sid !== active.sid) {
      claim.end();
      return throwError(sessionEnded);
    }
    if (!isTerminal(error.code))
      return this.failures.failed(active, error, { attempt, claim }, renewing.config);
    return this.failures
      .refused(active, error, error.code, { attempt, claim }, renewing.config)
      .pipe(
        switchMap((held) =>
          held.gen > active.gen
            ? of<RenewalProgress>({ type: 'renewed', active: held })
            : this.attempt(held, renewing),
        ),
      );
  }

  private request(
    active: ActiveSession,
    sent: string,
    { config, clientMetadata }: Renewing,
  ): Observable<{ readonly next: ActiveSession; readonly rotated: boolean }> {
    const tokens = { ...active.tokens, refreshToken: sent };
    const isWanted = () => this.store.active?.sid === active.sid;
    return this.refreshCall
      .call({ refreshToken: sent, deviceKey: tokens.deviceKey, clientMetadata, isWanted }, config)
      .pipe(
        map(({ raw, asked, received }: RefreshAnswer) => {
          const merged = mergeRenewedTokens(tokens, raw, config);
          const driftMs = driftByIssuedAt(merged.accessClaims.iat, asked, received);
          const next = this.factory.create(
            { sid: active.sid, gen: active.gen + 1, tokens: merged, driftMs, isFresh: true },
            config,
          );
          return { next, rotated: raw.refreshToken !== undefined };
        }),
      );
  }
}

function sessionEnded(): SessionError {
  return new SessionError('superseded', 'The session ended while it was being renewed.');
}

function unfollowable(): SessionError {
  return new SessionError('storageError', 'The record and the stored session contradict each other.');
}
