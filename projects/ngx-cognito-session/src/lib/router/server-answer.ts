import { inject } from '@angular/core';
import { Router, type GuardResult } from '@angular/router';
import { catchError, of, switchMap, type Observable } from 'rxjs';
import { SERVER_GUARDS, SERVER_RESTORED } from '../config/server-guards';
import type { Session } from '../core/session';
import { deferToBrowser } from './defer-to-browser';

/**
 * The answer of a guard on a server, where nothing waits for the user to become known. `answer` decides about a known user.
 * Needs an injection context.
 */
export function serverAnswer(
  known$: Observable<Session | null>,
  answer: (session: Session | null) => Observable<GuardResult>,
): Observable<GuardResult> {
  const guards = inject(SERVER_GUARDS);
  const router = inject(Router);
  const restored$ = inject(SERVER_RESTORED, { optional: true }) ?? of(undefined);
  return restored$.pipe(
    switchMap(() => known$),
    catchError(() => of(undefined)),
    switchMap((session) => {
      if (session !== undefined) return answer(session);
      switch (guards) {
        case 'defer':
          return of(deferToBrowser(router));
        case 'allow':
          return of(true);
        case 'signIn':
          return answer(null);
      }
    }),
  );
}
