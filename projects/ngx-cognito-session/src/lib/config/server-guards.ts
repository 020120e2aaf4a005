import { InjectionToken } from '@angular/core';
import type { Observable } from 'rxjs';

/** The answer of guards on a server that does not know the user. */
export type ServerGuards = 'defer' | 'allow' | 'signIn';

export const SERVER_GUARDS = new InjectionToken<ServerGuards>('SERVER_GUARDS', {
  providedIn: 'root',
  factory: () => 'defer',
});

/**
 * Emits once the server has read the request's cookies, or cannot. Never errors. Guards wait for it: with
 * `withEnabledBlockingInitialNavigation` they run while the app initializers do.
 */
export const SERVER_RESTORED = new InjectionToken<Observable<void>>('SERVER_RESTORED');
