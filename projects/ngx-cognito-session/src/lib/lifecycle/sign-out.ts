import { DestroyRef, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { catchError, defer, map, of, tap, type Observable } from 'rxjs';
import type { ActiveSession } from '../core/active-session';
import type { TabHint } from '../core/tab-message';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { untilDone } from '../platform/until-done';
import { applyChange } from '../state/apply-change';
import { SessionStore } from '../state/session-store';
import { OwedSignOut } from '../storage/owed-sign-out';
import type { StoredSession } from '../storage/stored-session';
import { CommandEpoch } from './command-epoch';
import { FailureReport, toSessionError } from './failure-report';
import { RECORD } from './record';
import { Revocation } from './revocation';
import { TabHints } from './tab-hints';

/** What `signOut` does at Cognito. */
export interface SignOutOptions {
  /** Whether to revoke the refresh token. Default: if the pool has token revocation (`origin_jti` in the token). */
  revoke?: boolean;
  /** Sign the user out of every device; needs an access token that is still valid. */
  global?: boolean;
}

/** Use case: the user leaves. Never waits for a renewal, works offline. */
@Injectable()
export class SignOut {
  private readonly store = inject(SessionStore);
  private readonly record = inject(RECORD);
  private readonly revocation = inject(Revocation);
  private readonly hints = inject(TabHints);
  private readonly epoch = inject(CommandEpoch);
  private readonly report = inject(FailureReport);
  private readonly scheduler = inject(SESSION_SCHEDULER);
  private readonly destroyRef = inject(DestroyRef);
  private readonly owed = inject(OwedSignOut);
  private owesClearing = false;

  /**
   * Cold; when subscribed, memory is cleared before it returns. One value once the storage is cleared. `isEarly`: the
   * state said so already, before anybody knew whose session is stored.
   */
  run(options: SignOutOptions, isEarly: boolean): Observable<void> {
    return defer(() => {
      if (isEarly && this.isOvertaken()) return of(undefined);
      this.epoch.begin('signOut');
      // The storage refused to give up what an earlier one was to clear.
      const isOwed = this.owesClearing && this.epoch.isClearing;
      this.epoch.isClearing = true;
      const { active, state } = this.store;
      applyChange(this.store, { type: 'signedOut' });
      if (active !== null) {
        this.hints.post(hintOf(active, options));
        this.end(active, options);
        return this.removeOne(active, options);
      }
      // Signed out already: what may be stored by now is another tab's. Unless nobody could ever read whose it is.
      const isUnknown =
        isOwed ||
        isEarly ||
        state.status === 'restoring' ||
        (state.status === 'signedOut' && state.reason === 'storageUnreadable');
      if (isUnknown) return this.clear(options);
      this.epoch.isClearing = false;
      return of(undefined);
    });
  }

  /** Somebody has signed in since, here or in a page that has done it meanwhile: what is stored now is theirs. */
  private isOvertaken(): boolean {
    return this.store.active !== null || this.epoch.isSigningIn || this.owed.isSettled;
  }

  private end({ tokens }: ActiveSession, { revoke, global }: SignOutOptions): void {
    if (global === true)
      this.revocation.globalSignOut(tokens.accessToken, () => {
        this.revocation.revoke(tokens);
      });
    else if (revoke !== false) this.revocation.revoke(tokens, revoke);
  }

  private removeOne(active: ActiveSession, options: SignOutOptions): Observable<void> {
    const { sid, tokens } = active;
    const removal$ = this.record.remove(sid).pipe(
      map((found) => {
        this.epoch.isClearing = false;
        this.hints.post(hintOf(active, options));
        // Another tab may have renewed: its refresh token is the one that lives.
        this.revokeFound(
          found.filter((other) => other.tokens.refreshToken !== tokens.refreshToken),
          options,
        );
      }),
    );
    return this.tolerant(
      removal$.pipe(
        tap({
          error: () => {
            this.keepTrying(removal$);
          },
        }),
      ),
    );
  }

  /** The next page must not find what the storage refused to give up. */
  private keepTrying(removal$: Observable<void>): void {
    untilDone(
      () =>
        removal$.pipe(
          map(() => true),
          catchError(() => of(null)),
        ),
      this.scheduler,
    )
      .pipe(takeUntilDestroyed(this.destroyRef))
      .subscribe();
  }

  /** Nobody knew yet whose session is stored: whoever's it is, it ends. By the next page, if this one is left before. */
  private clear(options: SignOutOptions): Observable<void> {
    this.owesClearing = true;
    this.owed.leave(options);
    return this.tolerant(
      this.record.keepOnly(null).pipe(
        map((removed) => {
          this.epoch.isClearing = false;
          this.owesClearing = false;
          this.owed.settle();
          this.endFound(removed, options);
          for (const { sid } of removed) this.hints.post({ type: 'signedOut', sid });
        }),
      ),
    );
  }

  private endFound(found: readonly StoredSession[], options: SignOutOptions): void {
    if (options.global !== true) {
      this.revokeFound(found, options);
      return;
    }
    for (const session of found)
      this.revocation.globalSignOut(session.tokens.accessToken, () => {
        this.revokeFound([session], options);
      });
  }

  private revokeFound(found: readonly StoredSession[], { revoke }: SignOutOptions): void {
    if (revoke === false) return;
    const byRefreshToken = new Map(found.map(({ tokens }) => [tokens.refreshToken, tokens]));
    for (const tokens of byRefreshToken.values()) this.revocation.revokeStored(tokens);
  }

  private tolerant(removal: Observable<void>): Observable<void> {
    return removal.pipe(
      catchError((error: unknown) => {
        this.report.tell(toSessionError(error));
        return of(undefined);
      }),
    );
  }
}

function hintOf({ sid, gen }: ActiveSession, { revoke }: SignOutOptions): TabHint {
  return { type: 'signedOut', sid, ...(revoke !== false && { gen }) };
}
