import { DestroyRef, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  type SessionError,
  ɵInTurn,
  ɵRANDOM_SOURCE,
  ɵSESSION_SCHEDULER,
  ɵsignInOf,
  ɵTokenlessSessions,
  ɵTOKENLESS_WATCH,
} from 'ngx-cognito-session';
import { defer, map, of, Subscription, switchMap, tap, timer, type Observable } from 'rxjs';
import { SeenSession } from './seen-session';
import { ServerRoutes, type SessionReading } from './server-routes';
import { ServerSignOut } from './server-sign-out';
import { TabHints } from './tab-hints';

const MAX_BACKOFF_MS = 60_000;
const FIRST_BACKOFF_MS = 1000;
/** The share of a wait that chance may add or take away. */
const BACKOFF_JITTER = 0.25;

/** Asks the server whether there is a session, and makes the state agree. A failure changes nothing, and the server is asked again. */
export class SessionLook {
  readonly #routes = inject(ServerRoutes);
  readonly #sessions = inject(ɵTokenlessSessions);
  readonly #seen = inject(SeenSession);
  readonly #signOut = inject(ServerSignOut);
  readonly #hints = inject(TabHints);
  readonly #watch = inject(ɵTOKENLESS_WATCH, { optional: true });
  readonly #random = inject(ɵRANDOM_SOURCE);
  readonly #scheduler = inject(ɵSESSION_SCHEDULER);
  readonly #destroyRef = inject(DestroyRef);
  readonly #turns = new ɵInTurn();
  /** The look that waits for the one under way. */
  #next$: Observable<void> | null = null;
  /** Counts the looks. */
  #begun = 0;
  #isAsked = false;
  /** Counts what decides without the server. */
  #commands = 0;
  #failures = 0;
  #retry = Subscription.EMPTY;

  /** Whether the last look has failed. */
  get isFailing(): boolean {
    return this.#failures > 0;
  }

  /**
   * Hot; one value: the answer to a question that was asked after this call. Errors if the server did not say. `isAsked`: the
   * app asks, and what has begun since then counts as its own sign-in.
   */
  run({ isAsked = false } = {}): Observable<void> {
    this.#isAsked ||= isAsked;
    if (this.#next$ !== null) return this.#next$;
    const begun = this.#begun;
    const look$ = this.#turns.run(() => {
      this.#begun++;
      this.#next$ = null;
      return this.#look();
    });
    // Unless it has begun already.
    if (this.#begun === begun) this.#next$ = look$;
    return look$;
  }

  /** Answers that are on their way no longer count: the session was ended after their requests. */
  overtake(): void {
    this.#commands++;
  }

  /** Something that the server had to be told has failed: looks again after a wait, which grows. */
  again(): void {
    const longest = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** this.#failures++);
    const waitMs = longest * (1 + BACKOFF_JITTER * (2 * this.#random.number() - 1));
    this.#retry.unsubscribe();
    this.#retry = timer(waitMs, this.#scheduler)
      .pipe(takeUntilDestroyed(this.#destroyRef))
      .subscribe(() => {
        this.run();
      });
  }

  #look(): Observable<void> {
    return defer(() => {
      this.#retry.unsubscribe();
      const isAsked = this.#isAsked;
      this.#isAsked = false;
      return this.#ask(isAsked).pipe(
        tap({
          next: () => {
            this.#failures = 0;
          },
          error: (error: SessionError) => {
            // Once in a row of failures.
            if (this.#failures === 0) this.#sessions.fail(error);
            this.again();
          },
        }),
        takeUntilDestroyed(this.#destroyRef),
      );
    });
  }

  /** An answer that a sign-out has overtaken says nothing: the server is asked again. */
  #ask(isAsked: boolean): Observable<void> {
    return defer(() => {
      const commands = this.#commands;
      const question$ = this.#routes.session();
      return (this.#watch?.question(question$) ?? question$).pipe(
        switchMap((reading) =>
          commands === this.#commands ? this.#follow(reading, isAsked) : this.#ask(isAsked),
        ),
      );
    });
  }

  #follow({ found, driftMs }: SessionReading, isAsked: boolean): Observable<void> {
    if (driftMs !== null) this.#sessions.setDrift(driftMs);
    const sid = found && ɵsignInOf(found);
    if (found !== null && this.#seen.isEnded(found)) {
      this.#sessions.keepSignedOut();
      return this.#signOut.finish({ sid }).pipe(map(() => undefined));
    }
    const isFirst = this.#sessions.isUndecided;
    const isNews = this.#seen.see(sid);
    // No page has seen it before: the user has just come back from sign-in.
    this.#sessions.report(found, isAsked || (isFirst && isNews) ? 'thisTab' : 'otherTab');
    if (isNews) this.#hints.post({ type: 'changed' });
    return of(undefined);
  }
}
