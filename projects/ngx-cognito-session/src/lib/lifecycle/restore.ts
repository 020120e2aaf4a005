import { inject, Injectable } from '@angular/core';
import { catchError, map, of, switchMap, tap, type Observable } from 'rxjs';
import { ConfigHolder } from '../config/config-holder';
import type { ResolvedConfig } from '../config/resolved-config';
import type { NotRestoredReason } from '../core/transition';
import { SessionError } from '../errors/session-error';
import { applyChange } from '../state/apply-change';
import { SessionStore } from '../state/session-store';
import type { RecordReading } from '../storage/session-record';
import type { StoredSession } from '../storage/stored-session';
import { CommandEpoch } from './command-epoch';
import { DeadSessions } from './dead-sessions';
import { FailureReport, toSessionError } from './failure-report';
import { noteFailure } from './note-failure';
import { RECORD } from './record';
import { Revocation } from './revocation';
import { SessionFactory } from './session-factory';
import { Verification } from './verification';

/** Use case: at start, find out whether somebody is signed in. */
@Injectable()
export class Restore {
  private readonly config$ = inject(ConfigHolder).config$;
  private readonly record = inject(RECORD);
  private readonly store = inject(SessionStore);
  private readonly factory = inject(SessionFactory);
  private readonly epoch = inject(CommandEpoch);
  private readonly dead = inject(DeadSessions);
  private readonly verification = inject(Verification);
  private readonly revocation = inject(Revocation);
  private readonly report = inject(FailureReport);

  /** Cold; synchronous with a synchronous configuration and storage. Errors only for a configuration that failed. */
  run(): Observable<void> {
    return this.config$.pipe(
      tap({
        error: (error: unknown) => {
          this.giveUp('configurationFailed', toSessionError(error));
        },
      }),
      switchMap((config) => {
        const peeked = this.record.peek();
        return peeked !== null && this.adoptSuspect(peeked, config) ? this.verify() : this.fromRecord(config);
      }),
    );
  }

  private fromRecord(config: ResolvedConfig): Observable<void> {
    return this.record.restore().pipe(
      catchError((error: unknown) => of(toSessionError(error))),
      map((reading) => {
        // A sign-in or sign-out in the meantime knows better than a slow storage: the state is decided then.
        this.epoch.afterSignIns(() => {
          this.follow(reading, config);
        });
      }),
    );
  }

  /** A storage that answers at once shows at once who is signed in; nothing is handed out before the record agrees. */
  private adoptSuspect(stored: StoredSession, config: ResolvedConfig): boolean {
    try {
      const active = this.factory.fromStored(stored, config);
      const live = this.factory.isLive(active);
      if (live || active.tokens.refreshToken !== undefined)
        applyChange(this.store, { type: 'restored', active, live, suspect: true });
      return this.store.active === active;
    } catch {
      // Not ours, or damaged: the record's road reports it.
      return false;
    }
  }

  private verify(): Observable<void> {
    return this.verification.verify().pipe(
      catchError((error: unknown) => {
        noteFailure(this.report, 'The record could not be read yet.', error);
        return of(undefined);
      }),
    );
  }

  private follow(reading: RecordReading | SessionError, config: ResolvedConfig): void {
    const { state } = this.store;
    if (state.status !== 'restoring' || state.active !== null) return;
    if (reading instanceof SessionError) {
      this.giveUp('storageUnreadable', reading);
      return;
    }
    switch (reading.type) {
      case 'none':
        if (reading.why === 'cleared' && reading.sid !== undefined) {
          this.giveUp('storageCleared');
          // A tombstone, so that it is reported once.
          this.clean(reading.sid);
        } else this.giveUp('noSession');
        if (reading.why !== 'cleared')
          for (const { tokens } of reading.left ?? []) this.revocation.revokeStored(tokens);
        return;
      case 'corrupt':
        this.giveUp('storageUnreadable', new SessionError('storageError', 'The stored session is corrupt.'));
        return;
      case 'future':
        this.giveUp(
          'storageUnreadable',
          new SessionError('storageError', 'The stored session was written by a newer version.'),
        );
        return;
      case 'session':
        this.adopt(reading.session, config);
    }
  }

  private adopt(stored: StoredSession, config: ResolvedConfig): void {
    // Another tab has signed out while the storage was being read.
    if (this.dead.has(stored.sid)) {
      this.giveUp('noSession');
      return;
    }
    try {
      const active = this.factory.fromStored(stored, config);
      const live = this.factory.isLive(active);
      if (live || active.tokens.refreshToken !== undefined) {
        applyChange(this.store, { type: 'restored', active, live });
        return;
      }
      this.giveUp('tokensExpired');
      this.clean(stored.sid);
    } catch (error) {
      this.giveUp('storageUnreadable', toSessionError(error));
    }
  }

  private clean(sid: string): void {
    this.record.remove(sid).subscribe({
      error: (error: unknown) => {
        noteFailure(this.report, 'Expired tokens could not be removed from the storage.', error);
      },
    });
  }

  private giveUp(reason: NotRestoredReason, error?: SessionError): void {
    if (error !== undefined) this.report.log(error);
    applyChange(this.store, { type: 'notRestored', reason, ...(error !== undefined && { error }) });
  }
}
