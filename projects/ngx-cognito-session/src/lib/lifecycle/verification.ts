import { inject, Injectable, NgZone } from '@angular/core';
import { defer, map, switchMap, tap, throwError, type Observable } from 'rxjs';
import { ConfigHolder } from '../config/config-holder';
import { SessionError } from '../errors/session-error';
import { enterZone } from '../platform/enter-zone';
import { SessionStore } from '../state/session-store';
import { Elsewhere } from './elsewhere';
import { shareRun } from './share-run';

/** Asks the record whether a suspect session still counts; one read for all who wait. */
@Injectable()
export class Verification {
  private readonly config$ = inject(ConfigHolder).config$;
  private readonly store = inject(SessionStore);
  private readonly elsewhere = inject(Elsewhere);
  private readonly zone = inject(NgZone);
  private running$: Observable<void> | null = null;

  /** Hot, joins the read on its way; one value. Errors with what became of the session, or with `storageError`. */
  verify(): Observable<void> {
    if (this.running$ !== null) return this.running$;
    const run$ = this.start();
    this.running$ = run$;
    // Whoever asked may leave; the state is made to agree all the same.
    run$.subscribe({ error: ignore });
    return run$;
  }

  private start(): Observable<void> {
    const end = () => {
      this.running$ = null;
    };
    return defer(() => this.run()).pipe(tap({ next: end, error: end }), enterZone(this.zone), shareRun());
  }

  private run(): Observable<void> {
    const { active } = this.store;
    if (active === null) return throwError(() => new SessionError('noSession', 'Nobody is signed in.'));
    return this.config$.pipe(
      switchMap((config) => this.elsewhere.follow(active, config)),
      map(() => undefined),
    );
  }
}

function ignore(): void {
  // State and events have told of it; whoever waits gets it too.
}
