import { inject, NgZone, type ProviderToken } from '@angular/core';
import { catchError, defer, map, of, switchMap, throwError, type Observable } from 'rxjs';
import type { ActiveSession } from '../core/active-session';
import type { InternalState } from '../core/session-state';
import type { AuthTokens } from '../core/token-set';
import { SessionError } from '../errors/session-error';
import { enterZone } from '../platform/enter-zone';
import { IS_BROWSER } from '../platform/is-browser';
import { KnownState } from '../state/known-state';
import { SessionStore } from '../state/session-store';
import { EngineLoader } from './engine-loader';
import type { SessionEngine } from './session-engine';

/** Set to `false` by builds for browsers. */
declare const ngServerMode: unknown;

/** Hands out sessions whose tokens are valid now: every token that leaves the library comes through here. */
export class SessionTokens {
  private readonly store = inject(SessionStore);
  private readonly state = inject(KnownState);
  private readonly loader = inject(EngineLoader);
  private readonly zone = inject(NgZone);
  private readonly isBrowser = inject(IS_BROWSER);

  /** Cold; one value. Errors if nobody is signed in or no valid token can be had. */
  live(): Observable<ActiveSession> {
    return this.ask((engine) => engine.live());
  }

  /** Cold; what is held now, living or not, once the record agrees; `null` if nobody is signed in. */
  held(): Observable<AuthTokens | null> {
    return this.ask((engine) => engine.held(), of(null));
  }

  /** Cold; the first state that is not `restoring`, or `restoreTimeout`. */
  known(): Observable<InternalState> {
    return this.state.known();
  }

  /** Whether it is known that nobody is signed in. */
  isSignedOut(): boolean {
    return this.store.state.status === 'signedOut';
  }

  /**
   * Cold; asks the engine, for which it waits as for the restore, in the zone of whoever wants to know. Where it is not
   * loaded, and nobody is signed in, `signedOut$` is the answer.
   */
  ask<T>(
    question: (engine: SessionEngine) => Observable<T>,
    signedOut$: Observable<T> = throwError(() => new SessionError('noSession', 'Nobody is signed in.')),
  ): Observable<T> {
    return defer(() => (!this.loader.isLoaded && this.isSignedOut() ? of(null) : this.engine())).pipe(
      // Signed out while it waited.
      catchError((error: unknown) => (this.isSignedOut() ? of(null) : throwError(() => error))),
      switchMap((engine) => (engine === null ? signedOut$ : question(engine))),
    );
  }

  /** Cold; a part of the engine, for which it waits as for the restore. A server, which has it at hand, loads it. */
  part<T>(token: ProviderToken<T>): Observable<T> {
    return defer(() =>
      (typeof ngServerMode === 'undefined' || ngServerMode) && !this.isBrowser
        ? this.loader.engine$
        : this.engine(),
    ).pipe(map((engine) => engine.part(token)));
  }

  private engine(): Observable<SessionEngine> {
    const { eventually$, isLoaded } = this.loader;
    const found$ = isLoaded ? eventually$ : this.state.within(eventually$);
    return NgZone.isInAngularZone() ? found$.pipe(enterZone(this.zone)) : found$;
  }
}
