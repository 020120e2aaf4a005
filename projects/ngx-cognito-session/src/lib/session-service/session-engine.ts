import { InjectionToken, type EnvironmentInjector, type ProviderToken } from '@angular/core';
import type { Observable } from 'rxjs';
import type { ActiveSession } from '../core/active-session';
import type { ClockReading } from '../core/session-time';
import type { InternalState } from '../core/session-state';
import type { TokenInput } from '../core/token-input';
import type { AuthTokens } from '../core/token-set';
import type { TokenOrigin } from '../core/unauthorized-step';
import type { SignOutOptions } from '../lifecycle/sign-out';

/** What the page asks of the part of the library that is loaded after it: nothing else of that part is seen outside. */
export interface SessionEngine {
  /** Hot; starts the restore once. Emits the first state that is known and completes. */
  start(): Observable<InternalState>;

  /** Cold; one value. `isOver`: somebody has signed out since. */
  signIn(
    tokens: TokenInput,
    justIssued: boolean | undefined,
    received: ClockReading,
    isOver: boolean,
  ): Observable<ActiveSession>;

  /** Cold; one value. `isEarly`: the state says so already, and nobody knows what is stored. */
  signOut(options: SignOutOptions, isEarly: boolean): Observable<void>;

  /** Cold; one value. */
  renew(clientMetadata?: Record<string, string>): Observable<ActiveSession>;

  /** Cold; one value: a session whose tokens are valid now. */
  live(): Observable<ActiveSession>;

  /** Cold; one value: the tokens held, valid or not. */
  held(): Observable<AuthTokens | null>;

  /** Cold; the session to send a refused request with once more, or none. */
  replace(refused: TokenOrigin): Observable<ActiveSession>;

  /** Hot; the page shows itself again, or the network is back. */
  readonly wakes$: Observable<unknown>;

  /** Cold; one value: whether tabs share a record. */
  isShared(): Observable<boolean>;

  /** Cold; one value once the session of a server's request is known, or is left to the browser. */
  restoreOnServer(): Observable<void>;

  /** The half of `http` or `router` that is loaded with the engine. */
  part<T>(token: ProviderToken<T>): T;
}

/** What the engine's file exports. */
export interface Engine {
  readonly createEngine: (parent: EnvironmentInjector) => SessionEngine;
}

/** The engine, for those parts. */
export const SESSION_ENGINE = new InjectionToken<SessionEngine>('SESSION_ENGINE');
