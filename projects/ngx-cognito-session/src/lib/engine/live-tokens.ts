import { inject, Injectable, NgZone } from '@angular/core';
import { catchError, defer, map, merge, of, switchMap, take, throwError, timer, type Observable } from 'rxjs';
import { BRIEF_WAIT_MS } from '../config/numbers';
import type { ActiveSession } from '../core/active-session';
import { answerToken } from '../core/token-answer';
import { SessionError } from '../errors/session-error';
import { Renewal } from '../lifecycle/renewal';
import { SessionFactory } from '../lifecycle/session-factory';
import { Verification } from '../lifecycle/verification';
import { enterZone } from '../platform/enter-zone';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { KnownState } from '../state/known-state';
import { heldState } from '../state/held-state';
import { SessionStore } from '../state/session-store';

/** Hands out sessions whose tokens are valid now: every token that leaves the library comes through here. */
@Injectable()
export class LiveTokens {
  private readonly store = inject(SessionStore);
  private readonly renewal = inject(Renewal);
  private readonly state = inject(KnownState);
  private readonly verification = inject(Verification);
  private readonly factory = inject(SessionFactory);
  private readonly clock = inject(SESSION_CLOCK);
  private readonly scheduler = inject(SESSION_SCHEDULER);
  private readonly zone = inject(NgZone);

  /** Cold; one value. Errors if nobody is signed in or no valid token can be had. */
  live(): Observable<ActiveSession> {
    return defer(() => this.answer());
  }

  /** Cold; what is held now, living or not, once the record agrees; `null` if nobody is signed in. */
  held(): Observable<ActiveSession | null> {
    return defer(() => {
      if (this.store.state.status === 'restoring')
        return this.state.known().pipe(switchMap(() => this.held()));
      return heldState(this.store)?.suspect === true ? this.heldOnceVerified() : of(this.store.active);
    });
  }

  private heldOnceVerified(): Observable<ActiveSession | null> {
    return this.verification.verify().pipe(
      catchError((error: unknown) =>
        heldState(this.store)?.suspect === true ? throwError(() => error) : of(undefined),
      ),
      map(() => this.store.active),
    );
  }

  /**
   * Cold; joins or starts a renewal and gives a session whose tokens live. An answer may have been on its way for longer
   * than that, because the device slept: it is asked for once more then.
   */
  renewed(): Observable<ActiveSession> {
    return this.renewal.renew().pipe(
      switchMap((active) =>
        this.factory.isLive(active) || this.store.active?.sid !== active.sid
          ? of(active)
          : this.renewal.renew(),
      ),
      switchMap((active) => this.unsuspected(active)),
      map((active) => {
        if (!this.factory.isLive(active))
          throw new SessionError('timeout', 'The renewed tokens had expired before they arrived.');
        return active;
      }),
    );
  }

  /** Hidden while it waited, and nothing could be stored: the record has the next word, as for everybody who asks anew. */
  private unsuspected(active: ActiveSession): Observable<ActiveSession> {
    const held = heldState(this.store);
    return held?.active.sid === active.sid && held.suspect
      ? this.verification.verify().pipe(map(() => this.store.active ?? active))
      : of(active);
  }

  private answer(): Observable<ActiveSession> {
    const { state } = this.store;
    const answer = answerToken(state, {
      serverMs: (active) => active.serverNowMs(),
      deviceMs: this.clock.now(),
    });
    switch (answer.type) {
      case 'give':
        return of(answer.active);
      case 'renewBriefly':
        return this.sameSignIn(answer.active, this.renewBriefly(answer.active));
      case 'renew':
        return this.sameSignIn(answer.active, this.renewed());
      case 'verify':
        return this.sameSignIn(
          answer.active,
          this.verification.verify().pipe(switchMap(() => this.answer())),
        );
      case 'wait':
        return this.state.known().pipe(switchMap(() => this.answer()));
      case 'expired':
        return throwError(() => new SessionError('tokensExpired', 'The tokens have expired.'));
      case 'signedOut':
        return throwError(() => new SessionError('noSession', 'Nobody is signed in.'));
    }
  }

  /** The token is still good: a slow or failing renewal must not keep anybody from working. */
  private renewBriefly(active: ActiveSession): Observable<ActiveSession> {
    return merge(
      this.renewed().pipe(catchError(() => of(null))),
      timer(BRIEF_WAIT_MS, this.scheduler).pipe(
        map(() => null),
        enterZone(this.zone),
      ),
    ).pipe(
      take(1),
      switchMap((renewed) => (renewed === null ? this.stillGood(active) : of(renewed))),
    );
  }

  private stillGood({ sid }: ActiveSession): Observable<ActiveSession> {
    const held = heldState(this.store);
    if (held?.active.sid !== sid)
      return throwError(() => new SessionError('noSession', 'Nobody is signed in.'));
    // Hidden while it waited: the record has the next word, as for everybody who asks anew.
    if (held.suspect) return this.verification.verify().pipe(switchMap(() => this.stillGood(held.active)));
    return this.factory.isLive(held.active) ? of(held.active) : this.sameSignIn(held.active, this.renewed());
  }

  /** Whoever asked while one user was signed in never gets another one's token. */
  private sameSignIn({ sid }: ActiveSession, source: Observable<ActiveSession>): Observable<ActiveSession> {
    return source.pipe(
      map((active) => {
        if (active.sid !== sid) throw new SessionError('superseded', 'Somebody else is signed in now.');
        if (this.store.active?.sid !== sid) throw new SessionError('noSession', 'Nobody is signed in.');
        return active;
      }),
    );
  }
}
