import { inject, Injectable } from '@angular/core';
import { catchError, defer, filter, Observable, of, switchMap, take } from 'rxjs';
import { ConfigHolder } from '../config/config-holder';
import type { InternalState } from '../core/session-state';
import { IS_BROWSER } from '../platform/is-browser';
import { KnownState } from '../state/known-state';
import { SessionStore } from '../state/session-store';
import { OwedSignOut } from '../storage/owed-sign-out';
import { CommandEpoch } from './command-epoch';
import { DueWatch } from './due-watch';
import { Restore } from './restore';
import { Resume } from './resume';
import { shareRun } from './share-run';
import { SignOut } from './sign-out';
import { TabFollower } from './tab-follower';

/** Starts the session's life in this app, once. */
@Injectable()
export class Startup {
  private readonly store = inject(SessionStore);
  private readonly restore = inject(Restore);
  private readonly watch = inject(DueWatch);
  private readonly resume = inject(Resume);
  private readonly follower = inject(TabFollower);
  private readonly isBrowser = inject(IS_BROWSER);
  private readonly state = inject(KnownState);
  private readonly owed = inject(OwedSignOut);
  private readonly epoch = inject(CommandEpoch);
  private readonly config$ = inject(ConfigHolder).config$;
  private readonly signOut = inject(SignOut);
  private started$: Observable<InternalState> | null = null;
  private isWatching = false;

  /** Hot; emits the first state that is known and completes. On a server nothing is started and nothing waits. */
  start(): Observable<InternalState> {
    this.state.start();
    this.started$ ??= this.run();
    return this.started$;
  }

  /** The timers of a session, which needs them even if nothing was restored. */
  watchOver(): void {
    if (!this.isBrowser || this.isWatching) return;
    this.isWatching = true;
    this.watch.start();
    this.resume.start();
    this.follower.start();
  }

  private run(): Observable<InternalState> {
    if (!this.isBrowser) return defer(() => of(this.store.state));
    const known$ = this.store.state$.pipe(
      filter(({ status }) => status !== 'restoring'),
      take(1),
    );
    const started$ = this.restoreOrSignOut().pipe(
      switchMap(() => known$),
      shareRun(),
    );
    started$.subscribe({ error: ignore });
    this.watchOver();
    return started$;
  }

  private restoreOrSignOut(): Observable<void> {
    return this.config$.pipe(
      // The restore tells of a configuration that failed.
      catchError(() => of(null)),
      switchMap(() => this.decide()),
    );
  }

  /**
   * Somebody signed out in an earlier page, which was left before it could clear anything. Whoever is signing in now takes
   * that back, once it has succeeded.
   */
  private decide(): Observable<void> {
    const owed = this.store.state.status === 'restoring' ? this.owed.read() : null;
    if (owed === null) return this.restore.run();
    if (!this.epoch.isSigningIn) return this.signOut.run(owed, true);
    return this.afterSignIns().pipe(
      switchMap(() => (this.store.state.status === 'restoring' ? this.decide() : of(undefined))),
    );
  }

  private afterSignIns(): Observable<void> {
    return new Observable((subscriber) => {
      this.epoch.afterSignIns(() => {
        subscriber.next();
        subscriber.complete();
      });
    });
  }
}

function ignore(): void {
  // The restore has told of it; whoever called gets it too.
}
