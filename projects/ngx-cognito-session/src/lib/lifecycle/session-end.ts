import { inject, Injectable } from '@angular/core';
import { catchError, defer, map, of, type Observable } from 'rxjs';
import type { ActiveSession } from '../core/active-session';
import type { ExpiryReason } from '../core/session-event';
import type { SessionError } from '../errors/session-error';
import { applyChange } from '../state/apply-change';
import { SessionStore } from '../state/session-store';
import { FailureReport } from './failure-report';
import { noteFailure } from './note-failure';
import { RECORD } from './record';
import { TabHints } from './tab-hints';

export type EndReason = Exclude<ExpiryReason, 'refreshFailed' | 'userSwitched'>;

/** Ends a session that is over by itself: storage first, then state and event. */
@Injectable()
export class SessionEnd {
  private readonly store = inject(SessionStore);
  private readonly record = inject(RECORD);
  private readonly report = inject(FailureReport);
  private readonly hints = inject(TabHints);

  /** Cold; errors with what callers of this session get from now on. Another session in its place is untouched. */
  end(active: ActiveSession, reason: EndReason, error: SessionError): Observable<never> {
    return defer(() => this.record.remove(active.sid, reason)).pipe(
      catchError((removal: unknown) => {
        noteFailure(
          this.report,
          'Tokens of an ended session could not be removed from the storage.',
          removal,
        );
        return of(null);
      }),
      map(() => {
        this.report.log(error);
        this.hints.post({ type: 'ended', sid: active.sid });
        applyChange(this.store, { type: 'ended', sid: active.sid, reason });
        throw error;
      }),
    );
  }
}
