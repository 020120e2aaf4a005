import { inject } from '@angular/core';
import { SessionError, ɵTokenlessSessions } from 'ngx-cognito-session';
import { catchError, finalize, of, shareReplay, switchMap, tap, type Observable } from 'rxjs';
import { SeenSession } from './seen-session';
import { ServerRoutes } from './server-routes';
import { TabHints } from './tab-hints';

interface SignOutAsked {
  readonly isGlobal?: boolean;
  readonly sid?: string | null;
}

/** Ends the session at the server. */
export class ServerSignOut {
  readonly #routes = inject(ServerRoutes);
  readonly #sessions = inject(ɵTokenlessSessions);
  readonly #seen = inject(SeenSession);
  readonly #hints = inject(TabHints);
  #running$: Observable<string | null> | null = null;

  /**
   * Cold, and shared while it lasts; one value: where managed login signs out. Errors if the server was not reached, or refused:
   * its session goes on then. `isGlobal`: the user's other sessions are ended first, best effort. `sid`: only this sign-in is meant.
   */
  finish({ isGlobal = false, sid = null }: SignOutAsked = {}): Observable<string | null> {
    const others$ = isGlobal
      ? this.#routes.endOthers().pipe(
          catchError((error: SessionError) => {
            this.#sessions.fail(error);
            return of(null);
          }),
        )
      : of(null);
    const running$ = this.#running$;
    if (running$ !== null) return others$.pipe(switchMap(() => running$));
    this.#running$ = others$.pipe(
      switchMap(() => this.#routes.signOut(sid)),
      tap(() => {
        this.#seen.see(null);
        this.#hints.post({ type: 'changed' });
      }),
      catchError((error: SessionError) => {
        throw notEnded(error);
      }),
      finalize(() => (this.#running$ = null)),
      shareReplay({ bufferSize: 1, refCount: false }),
    );
    return this.#running$;
  }
}

function notEnded({ code, message }: SessionError): SessionError {
  return new SessionError(
    code,
    `${message} The user is signed out in this browser, but the session on the server goes on. The server is told again.`,
  );
}
