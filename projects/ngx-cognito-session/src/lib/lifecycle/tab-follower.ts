import { DestroyRef, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { catchError, EMPTY, filter, merge, Subject, switchMap, take, type Observable } from 'rxjs';
import { ConfigHolder } from '../config/config-holder';
import type { TabHint } from '../core/tab-message';
import { isNews } from '../core/tab-news';
import { coalesced } from '../platform/coalesced';
import { WAKE_SIGNALS } from '../platform/wake-signals';
import { applyChange } from '../state/apply-change';
import { SessionStore } from '../state/session-store';
import { AttemptEntry } from './attempt-entry';
import { DeadSessions } from './dead-sessions';
import { Elsewhere } from './elsewhere';
import { Newcomer } from './newcomer';
import { RECORD } from './record';
import { Renewal } from './renewal';
import { Revocation } from './revocation';
import { TabHints } from './tab-hints';

/** Does here at once what other tabs have done: renewed, signed in or out, cleared. */
@Injectable()
export class TabFollower {
  private readonly config$ = inject(ConfigHolder).config$;
  private readonly store = inject(SessionStore);
  private readonly record = inject(RECORD);
  private readonly hints = inject(TabHints);
  private readonly elsewhere = inject(Elsewhere);
  private readonly newcomer = inject(Newcomer);
  private readonly dead = inject(DeadSessions);
  private readonly renewal = inject(Renewal);
  private readonly entry = inject(AttemptEntry);
  private readonly revocation = inject(Revocation);
  private readonly wakeSignals = inject(WAKE_SIGNALS);
  private readonly destroyRef = inject(DestroyRef);

  /** Watches until the injector is destroyed. */
  start(): void {
    const looks = new Subject<unknown>();
    const disturbances$ = this.record.disturbances().pipe(catchError(() => EMPTY));
    // Whoever slept may have missed a sign-in; a session that is held is looked after by `Resume`.
    const awake$ = this.wakeSignals.pipe(filter(() => this.store.state.status === 'signedOut'));
    merge(looks, disturbances$, awake$)
      .pipe(
        coalesced(() => this.look()),
        takeUntilDestroyed(this.destroyRef),
      )
      .subscribe();
    this.hints.hints$.pipe(takeUntilDestroyed(this.destroyRef)).subscribe((hint) => {
      if (hint.type === 'signedOut') this.signOut(hint);
      else if (hint.type === 'started') this.standBy(hint);
      else if (isNews(hint, this.store.active)) looks.next(hint);
    });
    this.hints.start();
  }

  /** Obeyed unseen, before any storage is asked: a sign-out that was made up is a nuisance, one overlooked is a leak. */
  private signOut({ sid, gen }: Extract<TabHint, { type: 'signedOut' }>): void {
    const { active } = this.store;
    this.dead.add(sid);
    applyChange(this.store, { type: 'signedOutElsewhere', sid });
    // Whoever signed out had not heard of the last renewal: nobody else may know the refresh token that lives.
    if (active?.sid === sid && gen !== undefined && gen < active.gen) this.revocation.revoke(active.tokens);
  }

  /** Whoever waits for the attempt is there when its owner dies, while Cognito may still take the same token again. Calls nobody if there is no such attempt: anybody can say so. */
  private standBy({ sid, gen }: Extract<TabHint, { type: 'started' }>): void {
    const { active } = this.store;
    if (active?.sid !== sid || active.gen !== gen) return;
    this.config$
      .pipe(
        switchMap((config) => this.entry.standBy(active, config)),
        filter((hasDied) => hasDied),
        switchMap(() => this.renewal.renew()),
        takeUntilDestroyed(this.destroyRef),
      )
      .subscribe({ error: ignore });
  }

  /** Makes the state agree with the record; a restore on its way comes first. */
  private look(): Observable<unknown> {
    return this.store.state$.pipe(
      filter(({ status, active }) => status !== 'restoring' || active !== null),
      take(1),
      switchMap(() => this.config$),
      switchMap((config): Observable<unknown> => {
        const { active } = this.store;
        return active === null ? this.newcomer.look(config) : this.elsewhere.follow(active, config);
      }),
      // State and events have told of it; a record that cannot be read now is read at the next occasion.
      catchError(() => EMPTY),
    );
  }
}

function ignore(): void {
  // State and events have told of it.
}
