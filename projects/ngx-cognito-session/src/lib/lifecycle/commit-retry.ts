import { DestroyRef, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { catchError, EMPTY, finalize, map, of, switchMap, type Observable } from 'rxjs';
import type { ResolvedConfig } from '../config/resolved-config';
import type { ActiveSession } from '../core/active-session';
import type { Answer } from '../core/ledger-steps';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { untilDone } from '../platform/until-done';
import { SessionStore } from '../state/session-store';
import type { CommitOutcome } from '../storage/session-record';
import type { StoredSession } from '../storage/stored-session';
import { Adoption } from './adoption';
import type { Claim } from './attempt-entry';
import { Elsewhere } from './elsewhere';
import { RECORD } from './record';
import { Revocation } from './revocation';
import { toStored } from './session-factory';
import { TabHints } from './tab-hints';

/** Tokens that the storage refused: this tab goes on with them, and the same commit is tried until it succeeds. */
@Injectable()
export class CommitRetry {
  private readonly store = inject(SessionStore);
  private readonly record = inject(RECORD);
  private readonly adoption = inject(Adoption);
  private readonly elsewhere = inject(Elsewhere);
  private readonly revocation = inject(Revocation);
  private readonly hints = inject(TabHints);
  private readonly scheduler = inject(SESSION_SCHEDULER);
  private readonly destroyRef = inject(DestroyRef);
  /** Claims whose attempts the record may still show as open, by session. */
  private readonly kept = new Map<string, readonly Claim[]>();
  private readonly running = new Map<string, number>();

  /** Runs until it is stored, newer tokens of the session have taken over, or the injector is destroyed. */
  start(unsaved: ActiveSession, answer: Answer, config: ResolvedConfig, claim?: Claim): void {
    const { sid } = unsaved;
    if (claim !== undefined) this.kept.set(sid, [...(this.kept.get(sid) ?? []), claim]);
    this.running.set(sid, (this.running.get(sid) ?? 0) + 1);
    untilDone(() => this.again(unsaved, answer), this.scheduler)
      .pipe(
        switchMap((outcome) => this.follow(unsaved, outcome, answer, config)),
        catchError(() => EMPTY),
        takeUntilDestroyed(this.destroyRef),
        finalize(() => {
          this.leave(sid);
        }),
      )
      .subscribe();
  }

  isRetrying(claim: Claim): boolean {
    return [...this.kept.values()].some((claims) => claims.includes(claim));
  }

  /**
   * An earlier claim may be the only one that the record knows of: all of them are kept until no commit of the session
   * is missing. Taken for dead, they would let another tab be refused and sign everybody out.
   */
  private leave(sid: string): void {
    const left = (this.running.get(sid) ?? 1) - 1;
    this.running.set(sid, left);
    if (left > 0) return;
    this.running.delete(sid);
    this.endClaims(sid);
  }

  private endClaims(sid: string): void {
    const claims = this.kept.get(sid) ?? [];
    this.kept.delete(sid);
    for (const claim of claims) claim.end();
  }

  /** `null`: not yet. */
  private again(unsaved: ActiveSession, answer: Answer): Observable<CommitOutcome | 'overtaken' | null> {
    const { active } = this.store;
    if (active?.sid !== unsaved.sid || active.gen !== unsaved.gen) return of('overtaken');
    return this.record.commit(toStored(unsaved), answer).pipe(
      map((outcome) => {
        if (outcome.type !== 'committed' || outcome.unsaved === null) return outcome;
        if (outcome.isShown) this.show(unsaved);
        return null;
      }),
      catchError(() => of(null)),
    );
  }

  private follow(
    unsaved: ActiveSession,
    outcome: CommitOutcome | 'overtaken',
    { attempt, rotated }: Answer,
    config: ResolvedConfig,
  ): Observable<unknown> {
    // A sign-in: what lay in the storage before could not be ended with it.
    if (outcome !== 'overtaken' && outcome.type === 'committed') this.tell(unsaved);
    if (outcome === 'overtaken' || outcome.type === 'committed')
      return attempt === null && this.store.active?.sid === unsaved.sid ? this.endOthers(unsaved) : EMPTY;
    if (outcome.type === 'superseded') {
      this.revokeUnused(outcome.dropped, [outcome.by, toStored(unsaved)]);
      return this.adoption.adopt(unsaved, outcome.by, config);
    }
    return this.elsewhere.follow(unsaved, config).pipe(
      catchError(() => {
        const { active } = this.store;
        if (rotated && active?.sid !== unsaved.sid)
          this.revokeUnused(toStored(unsaved), active === null ? [] : [active]);
        return EMPTY;
      }),
    );
  }

  /** Only the value beside the record is missing: that is nobody else's concern. */
  private show(unsaved: ActiveSession): void {
    this.tell(unsaved);
    this.endClaims(unsaved.sid);
  }

  /** The other tabs could not see it before. */
  private tell({ sid, gen }: ActiveSession): void {
    this.hints.post(gen === 1 ? { type: 'signedIn', sid } : { type: 'renewed', sid, gen });
  }

  private endOthers({ sid, tokens }: ActiveSession): Observable<void> {
    return this.record.keepOnly(sid).pipe(
      map((removed) => {
        for (const other of removed)
          if (other.tokens.refreshToken !== tokens.refreshToken) this.revocation.revokeStored(other.tokens);
      }),
    );
  }

  private revokeUnused(
    dropped: StoredSession | null,
    inUse: readonly Pick<ActiveSession | StoredSession, 'tokens'>[],
  ): void {
    if (dropped === null) return;
    this.revocation.revokeUnused(
      dropped.tokens,
      inUse.map(({ tokens }) => tokens),
    );
  }
}
