import { DOCUMENT, inject, NgZone } from '@angular/core';
import { SESSION_CLOCK, SessionError, ɵSESSION_SCHEDULER } from 'ngx-cognito-session';
import { forkJoin, map, Observable, of, switchMap, throwError, timeout } from 'rxjs';
import { OPTIONS } from './options';
import {
  checkEnded,
  logoutUrlOfAnswer,
  otherSessionsOfAnswer,
  sessionOfAnswer,
  type FoundSession,
  type RouteAnswer,
} from './session-answer';

/** Marks requests of this origin's pages: the server refuses others. It is no secret. */
export const CSRF_HEADER = { name: 'X-CSRF', value: '1' } as const;

/** An answer that takes longer counts as lost. A request that survives the page goes on. */
const ANSWER_LIMIT_MS = 10_000;

/** What the server said, and its clock. */
export interface SessionReading {
  readonly found: FoundSession;
  /** Server minus device, ms; `null`: the answer has no date. */
  readonly driftMs: number | null;
}

/** The routes of `cognito-server-session`. */
export class ServerRoutes {
  readonly #document = inject(DOCUMENT);
  readonly #zone = inject(NgZone);
  readonly #clock = inject(SESSION_CLOCK);
  readonly #scheduler = inject(ɵSESSION_SCHEDULER);
  readonly #options = inject(OPTIONS);

  /** The absolute URL of a route. Not relative to the page's base, which can be smuggled in. */
  url(route: string): string {
    return `${this.#document.location.origin}${this.#options.basePath}/${route}`;
  }

  /** Cold; one value, outside the Angular zone. Errors if the server did not say whether there is a session. */
  session(): Observable<SessionReading> {
    return new Observable((subscriber) => {
      const askedMs = this.#clock.monotonic();
      return this.#send('GET', 'session', true)
        .pipe(
          map((answer) => ({
            found: sessionOfAnswer(answer),
            driftMs: this.#drift(answer.dateMs, askedMs),
          })),
        )
        .subscribe(subscriber);
    });
  }

  /**
   * Cold; one value: where managed login signs out. Goes on when the page is left. `sid`: another sign-in than this one is not
   * ended; `null`: the session of the cookie ends, whichever it is.
   */
  signOut(sid: string | null): Observable<string | null> {
    const query = sid === null ? '' : `?${new URLSearchParams({ sid }).toString()}`;
    return this.#send('POST', `signout${query}`, false).pipe(map(logoutUrlOfAnswer));
  }

  /** Cold; one value once the user's sessions in other browsers have ended. Errors if that is not certain. */
  endOthers(): Observable<unknown> {
    const end = (id: string) =>
      this.#send('DELETE', `sessions/${encodeURIComponent(id)}`, false).pipe(map(checkEnded));
    return this.#send('GET', 'sessions', false).pipe(
      map(otherSessionsOfAnswer),
      switchMap((ids) => (ids.length === 0 ? of(null) : forkJoin(ids.map(end)))),
    );
  }

  /** Outside the zone: a request of the session must not make the app look unstable. */
  #send(method: string, route: string, isAbortable: boolean): Observable<RouteAnswer> {
    return new Observable<RouteAnswer>((subscriber) => {
      const abort = new AbortController();
      this.#zone.runOutsideAngular(() => {
        fetch(this.url(route), {
          method,
          headers: { [CSRF_HEADER.name]: CSRF_HEADER.value, Accept: 'application/json' },
          cache: 'no-store',
          credentials: 'same-origin',
          redirect: 'error',
          // A sign-out is often followed by leaving the page.
          keepalive: !isAbortable,
          ...(isAbortable && { signal: abort.signal }),
        })
          .then(readAnswer)
          .then(
            (answer) => {
              subscriber.next(answer);
              subscriber.complete();
            },
            (cause: unknown) => {
              subscriber.error(
                new SessionError('networkError', 'No answer of the server arrived.', { cause }),
              );
            },
          );
      });
      return () => {
        abort.abort();
      };
    }).pipe(
      timeout({
        first: ANSWER_LIMIT_MS,
        scheduler: this.#scheduler,
        with: () => throwError(() => new SessionError('timeout', 'The server did not answer within 10 s.')),
      }),
    );
  }

  /** The date has whole seconds and may be as old as the question. A server time guessed too late ends a session early at most by that. */
  #drift(dateMs: number, askedMs: number): number | null {
    const elapsedMs = this.#clock.monotonic() - askedMs;
    return Number.isNaN(dateMs) ? null : dateMs + elapsedMs - this.#clock.now();
  }
}

async function readAnswer(response: Response): Promise<RouteAnswer> {
  const { status, headers } = response;
  const text = await response.text();
  return { status, body: parsed(text), dateMs: Date.parse(headers.get('date') ?? '') };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The page of an app for every URL, or of a guest network.
    return undefined;
  }
}
