import { InjectionToken } from '@angular/core';
import type { Observable } from 'rxjs';
import type { CheckedConfig } from '../config/checked-config';
import type { Session } from '../core/session';
import type { SessionStart } from '../lifecycle/session-start';
import type { SignIn } from '../lifecycle/sign-in';
import type { SignOut } from '../lifecycle/sign-out';
import type { LiveTokens } from './live-tokens';
import type { UnauthorizedRefreshes } from './unauthorized-refreshes';

declare const ngDevMode: unknown;

/** The outcome of a command. */
interface Outcome {
  readonly session: Session;
}

/** What the commands of the façade do. */
export interface UseCases {
  readonly start: Pick<SessionStart, 'watch' | 'restore'>;
  readonly signIn: { run(...input: Parameters<SignIn['run']>): Observable<Outcome> };
  readonly refresh: { run(clientMetadata?: Record<string, string>): Observable<Outcome> };
  readonly signOut: Pick<SignOut, 'run'>;
}

/**
 * Where the session of an app comes from: what is behind the façade, the interceptor and the guards. `provideSession` names the
 * one that keeps tokens in the browser, `provideServerSession` the one whose tokens are on a server.
 */
export interface SessionSource {
  /** Replays the use cases once the configuration is known. Errors, always with the same error, if that failed. */
  readonly lifecycle$: Observable<UseCases>;
  readonly tokens: Pick<LiveTokens, 'now' | 'live' | 'held' | 'isSignedOut'>;
  readonly unauthorized: Pick<UnauthorizedRefreshes, 'replace'>;
  readonly config: Pick<CheckedConfig, 'namespace'>;
}

export const SESSION_SOURCE = new InjectionToken<SessionSource>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'SESSION_SOURCE' : '',
);
