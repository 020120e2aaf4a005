import { inject, Injectable } from '@angular/core';
import { catchError, defer, finalize, of, switchMap, throwError, type Observable } from 'rxjs';
import type { ResolvedConfig } from '../config/resolved-config';
import type { ActiveSession } from '../core/active-session';
import { SessionError } from '../errors/session-error';
import { applyChange } from '../state/apply-change';
import { SessionStore } from '../state/session-store';
import type { CommitOutcome } from '../storage/session-record';
import { Adoption } from './adoption';
import type { Claim } from './attempt-entry';
import { CommitRetry } from './commit-retry';
import { Elsewhere } from './elsewhere';
import { FailureReport } from './failure-report';
import { noteFailure } from './note-failure';
import { RECORD } from './record';
import { Revocation } from './revocation';
import { toStored } from './session-factory';
import { TabHints } from './tab-hints';

type Committed = Extract<CommitOutcome, { readonly type: 'committed' }>;

/** A good answer of Cognito. */
export interface RenewalAnswer {
  readonly next: ActiveSession;
  /** Whether it carried a refresh token of its own. */
  readonly rotated: boolean;
  readonly claim: Claim;
}

/** Step 4 of the renewal protocol: a good answer is stored, then published, or dropped if the session is over. */
@Injectable()
export class RenewalCommit {
  private readonly store = inject(SessionStore);
  private readonly record = inject(RECORD);
  private readonly adoption = inject(Adoption);
  private readonly elsewhere = inject(Elsewhere);
  private readonly revocation = inject(Revocation);
  private readonly retry = inject(CommitRetry);
  private readonly report = inject(FailureReport);
  private readonly hints = inject(TabHints);

  /** Cold; one value: the session held afterwards. The claim ends with it, unless the commit has yet to succeed. */
  commit(previous: ActiveSession, answer: RenewalAnswer, config: ResolvedConfig): Observable<ActiveSession> {
    return this.write(previous, answer, config, true).pipe(
      finalize(() => {
        if (!this.retry.isRetrying(answer.claim)) answer.claim.end();
      }),
    );
  }

  private write(
    previous: ActiveSession,
    answer: RenewalAnswer,
    config: ResolvedConfig,
    canRecover: boolean,
  ): Observable<ActiveSession> {
    const { next, claim, rotated } = answer;
    return defer(() => {
      if (!this.isHeld(next)) return this.drop(answer);
      return this.record.commit(toStored(next), { attempt: claim.id, rotated }).pipe(
        switchMap((outcome) => {
          switch (outcome.type) {
            case 'committed':
              return this.publish(answer, outcome, config);
            case 'superseded':
              if (outcome.dropped !== null)
                this.revocation.revokeUnused(outcome.dropped.tokens, [
                  outcome.by.tokens,
                  toStored(next).tokens,
                ]);
              return this.adoption.adopt(previous, outcome.by, config);
            case 'gone':
              return this.recover(previous, answer, config, canRecover);
          }
        }),
      );
    });
  }

  /** The record is not where it was: over, or only lost and rebuilt. Then the answer still counts, and is all there is. */
  private recover(
    previous: ActiveSession,
    answer: RenewalAnswer,
    config: ResolvedConfig,
    canRecover: boolean,
  ): Observable<ActiveSession> {
    return this.elsewhere.follow(previous, config).pipe(
      catchError((error: unknown) => {
        if (!this.isHeld(answer.next)) this.revokeAnswer(answer);
        return throwError(() => error);
      }),
      switchMap((held) =>
        canRecover && held.gen < answer.next.gen ? this.write(previous, answer, config, false) : of(held),
      ),
    );
  }

  private publish(
    answer: RenewalAnswer,
    { unsaved, isShown }: Committed,
    config: ResolvedConfig,
  ): Observable<ActiveSession> {
    const { next, claim, rotated } = answer;
    // A sign-out that came while the storage was writing: what was written goes again.
    if (!this.isHeld(next)) return this.remove(next.sid).pipe(switchMap(() => this.drop(answer)));
    if (isShown) this.hints.post({ type: 'renewed', sid: next.sid, gen: next.gen });
    applyChange(this.store, {
      type: 'renewed',
      active: next,
      origin: 'thisTab',
      unverified: !isShown,
    });
    if (unsaved !== null) {
      this.report.tell(unsaved);
      // Who can see the tokens need not reckon with the attempt any more.
      this.retry.start(next, { attempt: claim.id, rotated }, config, isShown ? undefined : claim);
    }
    return of(next);
  }

  private remove(sid: string): Observable<unknown> {
    return this.record.remove(sid).pipe(
      catchError((error: unknown) => {
        noteFailure(this.report, 'Tokens of an ended session could not be removed from the storage.', error);
        return of(undefined);
      }),
    );
  }

  /** The session ended, or another one took its place, while Cognito was answering. */
  private drop(answer: RenewalAnswer): Observable<never> {
    this.revokeAnswer(answer);
    return throwError(() => new SessionError('superseded', 'The session ended while it was being renewed.'));
  }

  /** Only a refresh token that this answer brought is ours to revoke: without rotation the stored one is still in use. */
  private revokeAnswer({ next, rotated }: RenewalAnswer): void {
    const { active } = this.store;
    if (rotated) this.revocation.revokeUnused(toStored(next).tokens, active === null ? [] : [active.tokens]);
  }

  private isHeld(session: ActiveSession): boolean {
    return this.store.active?.sid === session.sid;
  }
}
