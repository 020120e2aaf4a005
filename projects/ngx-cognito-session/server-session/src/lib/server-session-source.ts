import { inject } from '@angular/core';
import {
  SessionError,
  ɵIS_BROWSER,
  ɵTokenlessSessions,
  type Session,
  type ɵEndOptions,
  type ɵTokenlessSource,
} from 'ngx-cognito-session';
import { catchError, defer, EMPTY, map, of, tap, type Observable } from 'rxjs';
import { OPTIONS } from './options';
import { PageWatch } from './page-watch';
import { RenderedSession } from './rendered-session';
import { SeenSession } from './seen-session';
import type { FoundSession } from './session-answer';
import { ServerSignOut } from './server-sign-out';
import { SessionLook } from './session-look';
import { TabHints } from './tab-hints';

/** A session that `cognito-server-session` keeps: the browser asks the server for it. */
export class ServerSessionSource implements ɵTokenlessSource {
  readonly name = inject(OPTIONS).name;
  readonly #sessions = inject(ɵTokenlessSessions);
  readonly #look = inject(SessionLook);
  readonly #watch = inject(PageWatch);
  readonly #signOut = inject(ServerSignOut);
  readonly #seen = inject(SeenSession);
  readonly #hints = inject(TabHints);
  readonly #rendered = inject(RenderedSession);
  readonly #isBrowser = inject(ɵIS_BROWSER);

  watch(): void {
    if (this.#isBrowser) this.#watch.start();
  }

  /** First what the server has rendered, then what it says now: a cache may have kept the page. */
  restore(): Observable<void> {
    return defer(() => {
      // Nothing waits on a server.
      if (!this.#isBrowser) return of(undefined);
      this.watch();
      if (this.#sessions.isUndecided) this.#show(this.#rendered.read());
      return this.#look.run().pipe(catchError(() => of(undefined)));
    });
  }

  /** The server may not have learned of a sign-out yet. */
  #show(rendered: FoundSession | undefined): void {
    if (rendered === undefined) return;
    const isEnded = rendered !== null && this.#seen.isEnded(rendered);
    if (isEnded) this.#sessions.keepSignedOut();
    else this.#sessions.show(rendered);
  }

  renderOnServer(): void {
    const found = this.#rendered.render();
    if (found !== undefined) this.#sessions.report(found, 'otherTab');
  }

  refresh(): Observable<Session> {
    return defer(() => (this.#isBrowser ? this.#look.run({ isAsked: true }) : of(undefined))).pipe(
      map(() => {
        const { held } = this.#sessions;
        if (held === null) throw new SessionError('noSession', 'The user is not signed in.');
        return held.session;
      }),
    );
  }

  signOut({ global: isGlobal, reason }: ɵEndOptions): Observable<void> {
    return defer(() => {
      const isUndecided = this.#sessions.isUndecided;
      const sid = this.#sessions.held?.sid ?? (isUndecided ? this.#seen.last : null);
      this.#look.overtake();
      if (sid !== null || isUndecided) this.#seen.end(sid);
      if (!this.#isBrowser) {
        this.#sessions.signOut(reason);
        return of(undefined);
      }
      const ended$ = this.#signOut.finish({ isGlobal: isGlobal === true, canLeave: true });
      // Guards that run because of that know of the sign-out.
      this.#sessions.signOut(reason);
      if (sid !== null) this.#hints.post({ type: 'signedOut', sid, ...(reason && { reason }) });
      return ended$.pipe(
        tap({
          next: () => {
            // The server may have answered a look before it ended the session.
            this.#look.overtake();
          },
          error: () => {
            this.#look.again();
          },
        }),
        map(() => undefined),
      );
    });
  }

  refused(sid: string): Observable<unknown> {
    return this.#sessions.held?.sid === sid ? this.#look.run() : EMPTY;
  }
}
