import { inject } from '@angular/core';
import { SessionError } from 'ngx-cognito-session';
import { catchError, finalize, shareReplay, tap, throwError, type Observable } from 'rxjs';
import { SeenSession } from './seen-session';
import { ServerRoutes } from './server-routes';
import { TabHints } from './tab-hints';

/** Ends the session at the server. */
export class ServerSignOut {
  readonly #routes = inject(ServerRoutes);
  readonly #seen = inject(SeenSession);
  readonly #hints = inject(TabHints);
  #running$: Observable<string | null> | null = null;

  /**
   * Cold, and shared while it lasts; one value: where managed login signs out. Errors if the server was not reached, or refused:
   * its session goes on then.
   */
  finish(): Observable<string | null> {
    this.#running$ ??= this.#routes.signOut().pipe(
      tap(() => {
        this.#seen.see(null);
        this.#hints.post({ type: 'changed' });
      }),
      catchError((error: SessionError) => throwError(() => notEnded(error))),
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
