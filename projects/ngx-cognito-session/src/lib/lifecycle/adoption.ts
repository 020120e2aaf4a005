import { inject, Injectable } from '@angular/core';
import { defer, of, type Observable } from 'rxjs';
import type { ResolvedConfig } from '../config/resolved-config';
import type { ActiveSession } from '../core/active-session';
import { SessionError } from '../errors/session-error';
import { applyChange } from '../state/apply-change';
import { SessionStore } from '../state/session-store';
import type { StoredSession } from '../storage/stored-session';
import { SessionFactory } from './session-factory';

/** Takes over the tokens that another tab has renewed and stored. */
@Injectable()
export class Adoption {
  private readonly store = inject(SessionStore);
  private readonly factory = inject(SessionFactory);

  /** Cold; one value. Errors for tokens that are no continuation of the session held. */
  adopt(active: ActiveSession, stored: StoredSession, config: ResolvedConfig): Observable<ActiveSession> {
    return defer(() => {
      const adopted = this.factory.fromStored(stored, config);
      if (adopted.session.user.sub !== active.session.user.sub)
        throw new SessionError('superseded', 'The stored session belongs to another user.');
      applyChange(this.store, { type: 'renewed', active: adopted, origin: 'otherTab' });
      const { active: held } = this.store;
      // It ended here while the record was being read.
      if (held?.sid !== adopted.sid) throw new SessionError('superseded', 'The session is over.');
      return of(held);
    });
  }
}
