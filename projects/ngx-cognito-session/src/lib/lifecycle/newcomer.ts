import { inject, Injectable } from '@angular/core';
import { map, type Observable } from 'rxjs';
import type { ResolvedConfig } from '../config/resolved-config';
import { applyChange } from '../state/apply-change';
import { SessionStore } from '../state/session-store';
import type { StoredSession } from '../storage/stored-session';
import { CommandEpoch } from './command-epoch';
import { DeadSessions } from './dead-sessions';
import { FailureReport } from './failure-report';
import { noteFailure } from './note-failure';
import { RECORD } from './record';
import { SessionFactory } from './session-factory';

/** Where nobody is signed in, takes over the session that another tab has begun. */
@Injectable()
export class Newcomer {
  private readonly store = inject(SessionStore);
  private readonly record = inject(RECORD);
  private readonly factory = inject(SessionFactory);
  private readonly epoch = inject(CommandEpoch);
  private readonly dead = inject(DeadSessions);
  private readonly report = inject(FailureReport);

  /** Cold; reads the record, one value. Errors with `storageError`. A command of this tab comes first. */
  look(config: ResolvedConfig): Observable<void> {
    const isCurrent = this.epoch.watch();
    return this.record.current().pipe(
      map((reading) => {
        if (reading.type !== 'session') return;
        const { session } = reading;
        this.epoch.afterSignIns(() => {
          const isOver = this.epoch.isClearing || this.dead.has(session.sid);
          if (isCurrent() && !isOver) this.takeOver(session, config);
        });
      }),
    );
  }

  private takeOver(stored: StoredSession, config: ResolvedConfig): void {
    try {
      const active = this.factory.fromStored(stored, config);
      const live = this.factory.isLive(active);
      if (live || active.tokens.refreshToken !== undefined)
        applyChange(this.store, { type: 'signedInElsewhere', active, live });
    } catch (error) {
      noteFailure(this.report, 'A session of another tab cannot be taken over.', error);
    }
  }
}
