import { inject, NgZone } from '@angular/core';
import { catchError, finalize, map, merge, of, switchMap, take, throwError, timer, Observable } from 'rxjs';
import { BRIEF_WAIT_MS, CLOCK_CHECK_MS, SHARED_WAIT_MS } from '../config/numbers';
import type { ActiveSession } from '../core/active-session';
import { answerToken, type TokenAnswer } from '../core/token-answer';
import { SessionError } from '../errors/session-error';
import { ConfiguredSession } from '../lifecycle/session-lifecycle';
import { sessionOver } from '../lifecycle/session-over';
import { enterZone, inZone } from '../platform/enter-zone';
import { SESSION_CLOCK, type SessionClock } from '../platform/session-clock';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { SessionStore } from '../state/session-store';
import { settle, SharedWait } from '../platform/shared-wait';
import { RestoreWait } from './restore-wait';

/** The one door through which tokens leave: it hands out sessions whose tokens are valid now. */
export class LiveTokens {
  readonly #store = inject(SessionStore);
  readonly #configured = inject(ConfiguredSession);
  readonly #clock = inject(SESSION_CLOCK);
  readonly #scheduler = inject(SESSION_SCHEDULER);
  readonly #zone = inject(NgZone);
  readonly #restore = inject(RestoreWait);
  readonly #moment = momentOf(this.#clock, this.#store);
  /** The last wait, which callers of the same kind join. */
  #wait: {
    readonly type: TokenAnswer['type'];
    readonly sid: string | null;
    readonly sinceMs: number;
    readonly shared: SharedWait<ActiveSession>;
  } | null = null;

  /** The session, if its tokens are valid and nothing has to be waited for. */
  now(): ActiveSession | null {
    const answer = this.#answer();
    return answer.type === 'give' ? answer.active : null;
  }

  /**
   * Cold; one value, read from a session whose tokens are valid; inside the zone, and in the task of the call if nothing
   * has to be waited for. Errors if the user is not signed in, or no valid token can be obtained.
   */
  live<T>(read: (active: ActiveSession) => T): Observable<T> {
    // The user may have changed while an earlier caller was served.
    const readHeld = (active: ActiveSession) => read(this.#stillHeld(active));
    return new Observable((caller) => {
      const answer = this.#answer();
      if (answer.type === 'give')
        inZone(this.#zone, () => {
          settle(caller, read, answer.active);
        });
      else this.#waitFor(answer).join(caller, readHeld);
    });
  }

  /** Cold, one value: what is held now, living or not, once the record agrees; `null` if the user is not signed in. */
  held(): Observable<ActiveSession | null> {
    return this.#restore.known().pipe(
      switchMap(() => (this.#store.held?.suspect === true ? this.#verified() : of(undefined))),
      map(() => this.#store.active),
    );
  }

  isSignedOut(): boolean {
    return this.#store.state.status === 'signedOut';
  }

  /**
   * Cold; joins or starts a refresh and gives a session whose tokens are valid. Errors as the refresh does, and with
   * `timeout` if the device slept until the new tokens had expired.
   */
  refreshed(): Observable<ActiveSession> {
    return this.#configured.lifecycle$.pipe(
      switchMap(({ refresh }) => refresh.run()),
      switchMap((active) => this.#unsuspected(active)),
      map((active) => {
        if (isDead(active))
          throw new SessionError('timeout', 'The new tokens had expired before they arrived.');
        return active;
      }),
    );
  }

  #answer(): TokenAnswer {
    return answerToken(this.#store.state, this.#moment);
  }

  #waitFor(answer: TokenAnswer): SharedWait<ActiveSession> {
    const wait = this.#wait;
    const sid = 'active' in answer ? answer.active.sid : null;
    const sinceMs = this.#clock.now();
    if (
      wait?.type === answer.type &&
      wait.sid === sid &&
      !wait.shared.isOver &&
      Math.abs(sinceMs - wait.sinceMs) < SHARED_WAIT_MS
    )
      return wait.shared;
    const shared = new SharedWait(
      this.#after(answer).pipe(
        enterZone(this.#zone),
        // It holds tokens.
        finalize(() => {
          if (this.#wait?.shared === shared) this.#wait = null;
        }),
      ),
    );
    this.#wait = { type: answer.type, sid, sinceMs, shared };
    return shared;
  }

  #after(answer: TokenAnswer): Observable<ActiveSession> {
    switch (answer.type) {
      case 'give':
        return of(answer.active);
      case 'renewBriefly':
        return this.#sameSignIn(answer.active, this.#refreshedBriefly(answer.active));
      case 'renew':
        return this.#sameSignIn(answer.active, this.refreshed());
      case 'verify':
        return this.#sameSignIn(answer.active, this.#afterLook());
      case 'wait':
        return this.#restore.known().pipe(switchMap(() => this.#after(this.#answer())));
      case 'expired':
        return throwError(() => new SessionError('tokensExpired', 'The tokens have expired.'));
      case 'signedOut':
        return throwError(noSession);
    }
  }

  /** The token is still valid: a slow or failing refresh must not keep the caller from working. */
  #refreshedBriefly({ sid }: ActiveSession): Observable<ActiveSession> {
    const limit$ = timer(BRIEF_WAIT_MS, this.#scheduler).pipe(map(() => null));
    return merge(this.refreshed().pipe(catchError(() => of(null))), limit$).pipe(
      take(1),
      switchMap((active) => (active === null ? this.#stillValid(sid) : of(active))),
    );
  }

  #stillValid(sid: string): Observable<ActiveSession> {
    const { held } = this.#store;
    if (held?.active.sid !== sid) return throwError(() => this.#over());
    if (held.suspect) return this.#verified().pipe(switchMap(() => this.#stillValid(sid)));
    return isDead(held.active) ? this.refreshed() : of(held.active);
  }

  #afterLook(): Observable<ActiveSession> {
    return this.#verified().pipe(
      switchMap(() =>
        this.#store.active === null ? throwError(() => this.#over()) : this.#after(this.#answer()),
      ),
    );
  }

  #over(): SessionError {
    return this.#store.active === null
      ? sessionOver(this.#store.state, 'noSession', 'The user is not signed in.')
      : new SessionError('superseded', 'Another session has begun.');
  }

  /** The page was hidden while it waited: the record decides, as for callers that come later. */
  #unsuspected(active: ActiveSession): Observable<ActiveSession> {
    const { held } = this.#store;
    return held?.active.sid === active.sid && held.suspect
      ? this.#verified().pipe(map(() => this.#store.active ?? active))
      : of(active);
  }

  /** A caller that asked while one user was signed in never gets another user's token. */
  #sameSignIn({ sid }: ActiveSession, source: Observable<ActiveSession>): Observable<ActiveSession> {
    return source.pipe(
      map((active) => {
        if (active.sid !== sid) throw new SessionError('superseded', 'Another session has begun.');
        return active;
      }),
    );
  }

  #stillHeld(active: ActiveSession): ActiveSession {
    if (this.#store.active?.sid !== active.sid) throw this.#over();
    return active;
  }

  #verified(): Observable<void> {
    const sync$ = this.#configured.lifecycle$.pipe(switchMap(({ sync }) => sync.run()));
    // A first state from the copy belongs to the restore.
    return this.#store.held?.unannounced === true ? this.#restore.inTime(sync$) : sync$;
  }
}

/**
 * One object for all answers; read when it is needed. Reading the monotonic clock takes longer than the rest of an answer.
 * After both clocks were read, the device's clock alone counts for a second, unless it runs backwards or the state has changed.
 * `DueWatch` reads both clocks and changes the state when tokens are due.
 */
export function momentOf(
  clock: SessionClock,
  store: Pick<SessionStore, 'changes'>,
): Parameters<typeof answerToken>[1] {
  let [changes, seenMs, readAtMs, serverMs] = [-1, 0, 0, 0];
  return {
    serverMs: ({ serverNowMs }) => {
      const beforeMs = seenMs;
      seenMs = clock.now();
      if (changes !== store.changes || seenMs < beforeMs || seenMs - readAtMs >= CLOCK_CHECK_MS)
        [changes, readAtMs, serverMs] = [store.changes, seenMs, serverNowMs()];
      return serverMs + seenMs - readAtMs;
    },
    get deviceMs() {
      return clock.now();
    },
  };
}

function isDead(active: ActiveSession): boolean {
  return active.serverNowMs() >= active.diesAtMs;
}

function noSession(): SessionError {
  return new SessionError('noSession', 'The user is not signed in.');
}
