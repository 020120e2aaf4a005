import { inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { distinctUntilChanged, map, pairwise } from 'rxjs';
import { SessionStore } from '../state/session-store';

/** A script that floods the channel must not flood the memory. */
const MAX_RUMOURS = 64;

/** Sessions that this page knows to be over: whatever a storage still shows, none of them is taken up again. */
@Injectable()
export class DeadSessions {
  private readonly sids = new Set<string>();
  private readonly rumoured = new Set<string>();

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

  /** Somebody says so. */
  add(sid: string): void {
    this.rumoured.add(sid);
    const [oldest] = this.rumoured;
    if (this.rumoured.size > MAX_RUMOURS && oldest !== undefined) this.rumoured.delete(oldest);
  }

  has(sid: string): boolean {
    return this.sids.has(sid) || this.rumoured.has(sid);
  }
}
