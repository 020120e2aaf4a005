import { InjectionToken } from '@angular/core';

/** What guards answer on a server that does not know who is signed in. */
export type ServerGuards = 'allow' | 'signIn';

export const SERVER_GUARDS = new InjectionToken<ServerGuards>('SERVER_GUARDS', {
  providedIn: 'root',
  factory: () => 'allow',
});
