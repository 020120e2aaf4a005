import { DestroyRef, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { concat, defer, EMPTY, last, merge, of, switchMap, take, tap, type Observable } from 'rxjs';
import { ATTEMPT_WAIT_MS } from '../config/numbers';
import { endStep, type EndTarget } from '../core/end-step';
import type { EndedBy } from '../core/session-event';
import { SessionError } from '../errors/session-error';
import { failAfterActiveTime } from '../platform/active-time';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { SessionStore } from '../state/session-store';
import { StoredRecord } from '../storage/stored-record';
import { CommandOrder } from './command-order';
import { EndedSessions } from './ended-sessions';
import { FailureReport, toSessionError } from './failure-report';
import { SESSION_IMPORT } from './first-tokens';
import { Hints } from './hints';
import { Revocation } from './revocation';
import { shareRun } from '../platform/share-run';
import { untilSuccess } from '../platform/until-done';

/** What `signOut` does at Cognito. */
export interface SignOutOptions {
  /** Whether to revoke the refresh token. Default: if the pool has token revocation (`origin_jti` in the token). */
  revoke?: boolean;
  /** Sign the user out of every device; needs an access token that is still valid. */
  global?: boolean;
}

/** A sign-out that the library makes for the user, with the reason that every tab shows. */
export interface EndOptions extends SignOutOptions {
  /** Why the session ends. Absent: the user signs out. */
  readonly reason?: EndedBy | undefined;
}

/** Use case: the user signs out. Never waits for a refresh, works offline. */
export class SignOut {
  readonly #store = inject(SessionStore);
  readonly #record = inject(StoredRecord);
  readonly #revocation = inject(Revocation);
  readonly #ended = inject(EndedSessions);
  readonly #order = inject(CommandOrder);
  readonly #hints = inject(Hints);
  readonly #report = inject(FailureReport);
  readonly #clock = inject(SESSION_CLOCK);
  readonly #scheduler = inject(SESSION_SCHEDULER);
  readonly #destroyRef = inject(DestroyRef);
  /** Absent without a feature that has a source of first tokens. */
  readonly import = inject(SESSION_IMPORT, { optional: true });
  /** A sign-out that has not reached the storage yet. */
  #pending$: Observable<void> | null = null;
  /** Why it has not. Callers get the error that was reported. */
  #failure: SessionError | null = null;

  /**
   * Cold; when subscribed, memory is cleared before it returns. One value once the storage is cleared. Errors with `storageError`
   * if that takes more than 15 s of active time; the page goes on trying. `askedAt`: when the user signed out, if that was before
   * the configuration was known.
   */
  run(options: EndOptions, askedAt?: number): Observable<void> {
    return defer(() => {
      const { active, state } = this.#store;
      const at = askedAt ?? this.#clock.now();
      this.#order.begin();
      const { signIns } = this.#order;
      const isKnown = state.status === 'signedOut' && state.reason !== 'storageUnreadable';
      const isOut = active === null && isKnown && askedAt === undefined;
      // The stored session, if there is one by now, is another tab's.
      if (isOut && signIns.length === 0)
        return this.#pending$ === null ? of(undefined) : this.#awaited(this.#pending$);
      const sid = active?.sid ?? '*';
      // A sign-in on its way may have stored its session already.
      for (const ended of isOut ? signIns : [sid, ...signIns]) {
        this.#record.leaveMarker({ sid: ended, at, ...options });
        this.#ended.add(ended, at);
      }
      const { reason } = options;
      this.#store.apply({ type: 'signedOut', reason });
      if (active !== null) {
        const { gen, tokens } = active;
        // Several tabs may end the session for a reason in the same moment. The one that ends the record also revokes.
        this.#hints.post({
          type: 'signedOut',
          sid,
          ...(reason ? { reason } : options.revoke !== false && { gen }),
        });
        if (!reason) this.#revocation.drop({ tokens, ...options });
      }
      return this.#awaited(this.#end(active === null && !isOut ? { before: at } : { sid }, options));
    });
  }

  #end(target: EndTarget, options: EndOptions): Observable<void> {
    this.#failure = null;
    const end$: Observable<void> = this.#record
      .update((reading) => endStep(reading, target, this.#clock.now(), options))
      .pipe(
        tap((ended) => {
          if (ended !== null) this.#ended.add(ended.sid);
          // The marker may have ended a session that this page does not know.
          this.#hints.post(
            ended === null
              ? { type: 'changed' }
              : { type: 'signedOut', sid: ended.sid, ...(options.reason && { reason: options.reason }) },
          );
        }),
        // The markers last until all is done: the page may die.
        switchMap(() => concat(this.import?.run(options) ?? EMPTY, this.#record.agree(), of(undefined))),
        last(),
        untilSuccess(this.#scheduler, (error) => {
          if (this.#failure === null) this.#report.tell((this.#failure = toSessionError(error)));
        }),
        takeUntilDestroyed(this.#destroyRef),
        tap(() => {
          if (this.#pending$ === end$) this.#pending$ = null;
        }),
        shareRun(),
      );
    this.#pending$ = end$;
    return end$;
  }

  /** A caller does not wait for ever for a storage that the browser blocks. */
  #awaited(end$: Observable<void>): Observable<void> {
    const limit$ = failAfterActiveTime(
      ATTEMPT_WAIT_MS,
      this.#clock,
      this.#scheduler,
      () =>
        this.#failure ?? new SessionError('storageError', 'The storage could not be cleared within 15 s.'),
    );
    return merge(end$, limit$).pipe(take(1), takeUntilDestroyed(this.#destroyRef));
  }
}
