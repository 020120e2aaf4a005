import { inject } from '@angular/core';
import { SessionError, ɵLEAVE_PAGE, ɵTokenlessSessions } from 'ngx-cognito-session';
import { catchError, finalize, map, of, shareReplay, switchMap, tap, type Observable } from 'rxjs';
import { OPTIONS } from './options';
import { SeenSession } from './seen-session';
import { ServerRoutes } from './server-routes';
import { TabHints } from './tab-hints';

interface SignOutAsked {
  readonly isGlobal?: boolean;
  readonly sid?: string | null;
  readonly canLeave?: boolean;
}

/** Ends the session at the server. */
export class ServerSignOut {
  readonly #routes = inject(ServerRoutes);
  readonly #sessions = inject(ɵTokenlessSessions);
  readonly #seen = inject(SeenSession);
  readonly #hints = inject(TabHints);
  readonly #leave = inject(ɵLEAVE_PAGE);
  readonly #options = inject(OPTIONS);
  #running$: Observable<boolean> | null = null;
  #canLeave = false;

  /** Cold; one value: whether a sign-out that is under way leaves the page. Waits for its end. Never errors. */
  get leaving$(): Observable<boolean> {
    const running$ = this.#options.leaveAtSignOut ? this.#running$ : null;
    return running$?.pipe(catchError(() => of(false))) ?? of(false);
  }

  /**
   * Cold, and shared while it lasts; one value: whether the page is left. Errors if the server was not reached, or refused:
   * its session goes on then. `isGlobal`: the user's other sessions are ended first, best effort. `sid`: only this sign-in is meant.
   * `canLeave`: goes on to managed login's own sign-out if the app wants that.
   */
  finish({ isGlobal = false, sid = null, canLeave = false }: SignOutAsked = {}): Observable<boolean> {
    this.#canLeave ||= canLeave;
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
      map((logoutUrl) => this.#goOn(logoutUrl)),
      catchError((error: SessionError) => {
        throw notEnded(error);
      }),
      finalize(() => {
        this.#running$ = null;
        this.#canLeave = false;
      }),
      shareReplay({ bufferSize: 1, refCount: false }),
    );
    return this.#running$;
  }

  #goOn(logoutUrl: string | null): boolean {
    if (logoutUrl === null || !this.#canLeave || !this.#options.leaveAtSignOut) return false;
    this.#leave(logoutUrl, false);
    return true;
  }
}

function notEnded({ code, message }: SessionError): SessionError {
  return new SessionError(
    code,
    `${message} The user is signed out in this browser, but the session on the server goes on. The server is told again.`,
  );
}
