import { inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { distinctUntilChanged, map, pairwise } from 'rxjs';
import { SessionStore } from '../state/session-store';

/** Sessions that this page knows to be over: whatever a storage still shows, none of them is taken up again. */
@Injectable()
export class DeadSessions {
  private readonly sids = new Set<string>();

  constructor() {
    // However a session that was held came to its end.
    inject(SessionStore)
      .state$.pipe(
        map(({ active }) => active?.sid ?? null),
        distinctUntilChanged(),
        pairwise(),
        takeUntilDestroyed(),
      )
      .subscribe(([left]) => {
        if (left !== null) this.sids.add(left);
      });
  }

  add(sid: string): void {
    this.sids.add(sid);
  }

  has(sid: string): boolean {
    return this.sids.has(sid);
  }
}
