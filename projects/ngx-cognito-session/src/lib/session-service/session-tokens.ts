import { inject, Injectable } from '@angular/core';
import { defer, of, switchMap, throwError, type Observable } from 'rxjs';
import type { ActiveSession } from '../core/active-session';
import type { InternalState } from '../core/session-state';
import type { AuthTokens } from '../core/token-set';
import type { TokenOrigin } from '../core/unauthorized-step';
import type { SessionEngine } from '../engine/session-engine';
import { SessionError } from '../errors/session-error';
import { KnownState } from '../state/known-state';
import { SessionStore } from '../state/session-store';
import { EngineLoader } from './engine-loader';

/** Hands out sessions whose tokens are valid now: every token that leaves the library comes through here. */
@Injectable()
export class SessionTokens {
  private readonly store = inject(SessionStore);
  private readonly state = inject(KnownState);
  private readonly loader = inject(EngineLoader);

  /** Cold; one value. Errors if nobody is signed in or no valid token can be had. */
  live(): Observable<ActiveSession> {
    return this.ask(
      (engine) => engine.live(),
      throwError(() => new SessionError('noSession', 'Nobody is signed in.')),
    );
  }

  /** Cold; what is held now, living or not, once the record agrees; `null` if nobody is signed in. */
  held(): Observable<AuthTokens | null> {
    return this.ask((engine) => engine.held(), of(null));
  }

  /** Cold; the first state that is not `restoring`, or `restoreTimeout`. */
  known(): Observable<InternalState> {
    return this.state.known();
  }

  /** Cold; a newer session of the same sign-in, to send a refused request with once more, or none. */
  replace(refused: TokenOrigin): Observable<ActiveSession> {
    return this.loader.engine$.pipe(switchMap((engine) => engine.replace(refused)));
  }

  /** Whether it is known that nobody is signed in. */
  isSignedOut(): boolean {
    return this.store.state.status === 'signedOut';
  }

  /** Waits for the engine as for the restore, which it is a part of. */
  private ask<T>(
    question: (engine: SessionEngine) => Observable<T>,
    signedOut$: Observable<T>,
  ): Observable<T> {
    return defer(() => {
      const { engine$, isLoaded } = this.loader;
      if (isLoaded) return engine$;
      return this.isSignedOut() ? of(null) : this.state.within(engine$);
    }).pipe(switchMap((engine) => (engine === null ? signedOut$ : question(engine))));
  }
}
