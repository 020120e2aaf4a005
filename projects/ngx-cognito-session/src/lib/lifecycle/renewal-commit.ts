import { inject, Injectable } from '@angular/core';
import { catchError, defer, of, switchMap, throwError, type Observable } from 'rxjs';
import type { ResolvedConfig } from '../config/resolved-config';
import type { ActiveSession } from '../core/active-session';
import { SessionError } from '../errors/session-error';
import { SessionStore } from '../state/session-store';
import { Adoption } from './adoption';
import { Elsewhere } from './elsewhere';
import { FailureReport } from './failure-report';
import { RECORD } from './record';
import { Revocation } from './revocation';
import { toStored } from './session-factory';

/** Step 4 of the renewal protocol: a good answer is stored, then published, or dropped if the session is over. */
@Injectable()
export class RenewalCommit {
  private readonly store = inject(SessionStore);
  private readonly record = inject(RECORD);
  private readonly adoption = inject(Adoption);
  private readonly elsewhere = inject(Elsewhere);
  private readonly revocation = inject(Revocation);
  private readonly report = inject(FailureReport);

  commit(
    previous: ActiveSession,
    next: ActiveSession,
    config: ResolvedConfig,
    canRetry = true,
  ): Observable<ActiveSession> {
    return defer(() => {
      if (!this.isHeld(next)) return this.drop(previous, next);
      return this.record.commit(toStored(next)).pipe(
        switchMap((outcome) => {
          switch (outcome.type) {
            case 'committed':
              return this.publish(previous, next, outcome.unsaved);
            case 'superseded':
              return this.adoption.adopt(previous, outcome.by, config);
            case 'gone':
              return this.recover(previous, next, config, canRetry);
          }
        }),
      );
    });
  }

  /** The record is not where it was: over, or only lost and rebuilt. Then the answer still counts, and is all there is. */
  private recover(
    previous: ActiveSession,
    next: ActiveSession,
    config: ResolvedConfig,
    canRetry: boolean,
  ): Observable<ActiveSession> {
    return this.elsewhere.follow(previous, config).pipe(
      catchError((error: unknown) => {
        if (!this.isHeld(next)) this.revokeAnswer(previous, next);
        return throwError(() => error);
      }),
      switchMap((held) =>
        canRetry && held.gen < next.gen ? this.commit(previous, next, config, false) : of(held),
      ),
    );
  }

  private publish(
    previous: ActiveSession,
    next: ActiveSession,
    unsaved: SessionError | null,
  ): Observable<ActiveSession> {
    // A sign-out that came while the storage was writing: what was written goes again.
    if (!this.isHeld(next)) return this.remove(next.sid).pipe(switchMap(() => this.drop(previous, next)));
    this.store.apply({ type: 'renewed', active: next, origin: 'thisTab' });
    if (unsaved !== null) this.report.tell(unsaved);
    return of(next);
  }

  private remove(sid: string): Observable<unknown> {
    return this.record.remove(sid).pipe(
      catchError((error: unknown) => {
        this.report.note('Tokens of an ended session could not be removed from the storage.', error);
        return of(undefined);
      }),
    );
  }

  /** The session ended, or another one took its place, while Cognito was answering. */
  private drop(previous: ActiveSession, next: ActiveSession): Observable<never> {
    this.revokeAnswer(previous, next);
    return throwError(() => new SessionError('superseded', 'The session ended while it was being renewed.'));
  }

  /** Only a refresh token that this answer brought is ours to revoke: without rotation the stored one is still in use. */
  private revokeAnswer(previous: ActiveSession, next: ActiveSession): void {
    const answered = next.tokens.refreshToken;
    const inUse = this.store.active?.tokens.refreshToken;
    if (answered !== undefined && answered !== previous.tokens.refreshToken && answered !== inUse)
      this.revocation.revokeToken(answered);
  }

  private isHeld(session: ActiveSession): boolean {
    return this.store.active?.sid === session.sid;
  }
}
