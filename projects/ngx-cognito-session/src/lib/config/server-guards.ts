import { InjectionToken } from '@angular/core';

/** The answer of guards on a server that does not know the user. */
export type ServerGuards = 'allow' | 'signIn';

export const SERVER_GUARDS = new InjectionToken<ServerGuards>('SERVER_GUARDS', {
  providedIn: 'root',
  factory: () => 'allow',
});
