import { inject, Injectable } from '@angular/core';
import { defer, map, of, switchMap, throwError, type Observable } from 'rxjs';
import type { ResolvedConfig } from '../config/resolved-config';
import type { ActiveSession } from '../core/active-session';
import { SessionError } from '../errors/session-error';
import { applyChange } from '../state/apply-change';
import { SessionStore } from '../state/session-store';
import type { RecordReading, SessionOver } from '../storage/session-record';
import type { StoredSession } from '../storage/stored-session';
import { Adoption } from './adoption';
import { DeadSessions } from './dead-sessions';
import { RECORD } from './record';
import { SessionEnd } from './session-end';
import { SessionFactory } from './session-factory';

/** Follows what was done to the stored session elsewhere: renewed, replaced, signed out, cleared. */
@Injectable()
export class Elsewhere {
  private readonly store = inject(SessionStore);
  private readonly record = inject(RECORD);
  private readonly factory = inject(SessionFactory);
  private readonly adoption = inject(Adoption);
  private readonly sessionEnd = inject(SessionEnd);
  private readonly dead = inject(DeadSessions);

  /**
   * Cold; reads the record and makes the state agree with it. Gives the session that is held afterwards if it is still
   * the same sign-in. Errors with what became of it, and with `storageError` if the record cannot be read: nothing has
   * changed then.
   */
  follow(active: ActiveSession, config: ResolvedConfig): Observable<ActiveSession> {
    return this.record.read(active.sid).pipe(
      // Not there under its own name: what is there instead?
      switchMap((reading) => (reading.type === 'session' ? of(reading) : this.record.current())),
      switchMap((reading) => this.agree(active, reading, config)),
    );
  }

  private agree(
    active: ActiveSession,
    reading: RecordReading,
    config: ResolvedConfig,
  ): Observable<ActiveSession> {
    switch (reading.type) {
      case 'session':
        if (reading.session.sid !== active.sid) return this.replace(active, reading.session, config);
        return reading.session.gen > active.gen
          ? this.adoption.adopt(active, reading.session, config)
          : this.keep(active, reading.session, config);
      case 'none':
        if (reading.why === 'absent')
          return throwError(() => new SessionError('storageError', 'No tab has brought the tokens.'));
        return reading.why === 'signedOut' ? this.end(active, reading.over) : this.clear(active);
      case 'corrupt':
        return this.clear(active);
      case 'future':
        return throwError(
          () => new SessionError('storageError', 'The record was written by a newer version of the library.'),
        );
    }
  }

  /** With cookies the refresh token lies in the record: the tokens that were shown at once lack it. */
  private keep(
    active: ActiveSession,
    stored: StoredSession,
    config: ResolvedConfig,
  ): Observable<ActiveSession> {
    return defer(() => {
      const isComplete = stored.tokens.refreshToken === active.tokens.refreshToken || stored.gen < active.gen;
      const kept = isComplete ? active : this.factory.fromStored(stored, config);
      applyChange(this.store, { type: 'verified', sid: active.sid, active: kept });
      return of(kept);
    });
  }

  private replace(active: ActiveSession, stored: StoredSession, config: ResolvedConfig): Observable<never> {
    // The record was read a moment too early: that session is over as well.
    if (this.dead.has(stored.sid)) return this.end(active);
    return defer(() => of(this.factory.fromStored(stored, config))).pipe(
      map((by) => {
        const isOtherUser = by.session.user.sub !== active.session.user.sub;
        if (isOtherUser && config.onUserSwitch === 'signOut') this.leave(active);
        applyChange(this.store, { type: 'replaced', sid: active.sid, by });
        throw new SessionError('superseded', 'Another session was begun elsewhere.');
      }),
    );
  }

  /** The app does not want this page to go on as somebody else. What is stored is that user's. */
  private leave({ sid }: ActiveSession): never {
    applyChange(this.store, { type: 'ended', sid, reason: 'userSwitched', origin: 'otherTab' });
    throw new SessionError('userSwitched', 'Another user has signed in elsewhere.');
  }

  private end(active: ActiveSession, over?: SessionOver): Observable<never> {
    return defer(() => {
      if (over?.sid === active.sid) {
        const { reason } = over;
        applyChange(this.store, { type: 'ended', sid: active.sid, reason, origin: 'otherTab' });
        return throwError(() => new SessionError(reason, 'Another tab has found that the session is over.'));
      }
      applyChange(this.store, { type: 'signedOutElsewhere', sid: active.sid });
      return throwError(() => new SessionError('signedOutElsewhere', 'The user signed out elsewhere.'));
    });
  }

  private clear(active: ActiveSession): Observable<never> {
    return this.sessionEnd.end(
      active,
      'storageCleared',
      new SessionError('storageCleared', 'The stored session is gone.'),
    );
  }
}
