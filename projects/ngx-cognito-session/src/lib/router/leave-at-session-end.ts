import { ErrorHandler, inject, Injector, runInInjectionContext, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  NavigationCancel,
  NavigationCancellationCode,
  NavigationEnd,
  NavigationError,
  NavigationSkipped,
  Router,
  type Event,
} from '@angular/router';
import {
  distinctUntilChanged,
  EMPTY,
  filter,
  from,
  map,
  merge,
  of,
  pairwise,
  switchMap,
  takeWhile,
  type Observable,
} from 'rxjs';
import { IS_BROWSER } from '../platform/is-browser';
import { SessionService } from '../session-service/session-service';
import { USER_PAGE } from './user-page';

/** Set to `false` by builds for browsers. */
declare const ngServerMode: unknown;

/**
 * When the session ends, whatever ended it, runs the guards of the current route again, in a browser. A change of the user
 * is an end. Needs an injection context, and goes on until that is destroyed.
 */
export function leaveAtSessionEnd(): void {
  if ((typeof ngServerMode === 'undefined' || ngServerMode) && !inject(IS_BROWSER)) return;
  const injector = inject(Injector);
  const user$ = inject(SessionService).session$.pipe(
    map((session) => session?.user.sub ?? null),
    distinctUntilChanged(),
  );
  user$
    .pipe(
      pairwise(),
      filter(([before]) => before !== null),
      switchMap(([before]) =>
        // The app may not be ready to create its router earlier.
        runInInjectionContext(injector, () => new Departure()).until(
          user$.pipe(filter((user) => user !== null && user !== before)),
        ),
      ),
      takeUntilDestroyed(),
    )
    .subscribe();
}

type Settled = NavigationEnd | NavigationCancel | NavigationError | NavigationSkipped;

/** One end of a session, until a page is shown that was decided after it. Needs an injection context. */
class Departure {
  private readonly router = inject(Router);
  private readonly page = inject(USER_PAGE);
  private readonly session = inject(SessionService);
  private readonly errorHandler = inject(ErrorHandler);
  /** Marks the navigation of this departure, its redirects included. */
  private readonly info = {};
  /** The navigation that was running when the session ended. */
  private readonly before = untracked(this.router.currentNavigation)?.id;

  /** Cold; completes when the page has been left. `otherUser$`: another user than that of the page is signed in. */
  until(otherUser$: Observable<unknown>): Observable<unknown> {
    return merge(
      merge(
        this.router.events.pipe(filter(isSettled)),
        of(null),
        this.before === undefined ? EMPTY : from(Promise.resolve(null)),
      ).pipe(map((event) => this.isStill(event))),
      otherUser$.pipe(
        map(() => {
          // Nothing of two users is on the screen together.
          this.page.clear(this.session);
          return true;
        }),
      ),
    ).pipe(takeWhile((isStill) => isStill));
  }

  /** Whether the page is still to be left after a navigation, or (`null`) at the beginning. */
  private isStill(event: Settled | null): boolean {
    const { page, session } = this;
    const navigation = untracked(this.router.currentNavigation);
    // Its guards have run since the end.
    if (event instanceof NavigationEnd && event.id !== this.before) return false;
    if (navigation?.extras.info === this.info) {
      if (event === null) return true;
      // The guards reject the page and name no other one.
      page.clear(session);
      return true;
    }
    const isGuarded = page.disown(session);
    const isWaiting = event === null && navigation !== null;
    // A navigation that began before the end decides by the old state. Its page is destroyed before it is rendered.
    if (isWaiting || event instanceof NavigationEnd) page.clear(session);
    if (isGuarded && !isWaiting) this.runGuards();
    return isGuarded || isWaiting;
  }

  private runGuards(): void {
    const { router, info, errorHandler } = this;
    router
      .navigateByUrl(router.url, { onSameUrlNavigation: 'reload', replaceUrl: true, info })
      .catch((error: unknown) => {
        errorHandler.handleError(error);
      });
  }
}

/** A navigation that is followed by another one has not settled. */
function isSettled(event: Event): event is Settled {
  return event instanceof NavigationCancel
    ? event.code !== NavigationCancellationCode.Redirect &&
        event.code !== NavigationCancellationCode.SupersededByNewNavigation
    : event instanceof NavigationEnd ||
        event instanceof NavigationError ||
        event instanceof NavigationSkipped;
}
