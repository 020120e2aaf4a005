import { EnvironmentInjector, inject, InjectionToken } from '@angular/core';
import {
  ChildrenOutletContexts,
  Router,
  RouteReuseStrategy,
  type ActivatedRoute,
  type ActivatedRouteSnapshot,
} from '@angular/router';
import { SessionService } from '../session-service/session-service';
import { guardedRoutes, type GuardedRoute } from './guarded-routes';

declare const ngDevMode: unknown;

/** The guarded part of the page that is shown. Needs an injection context. */
export class UserPage {
  private readonly router = inject(Router);
  private readonly injector = inject(EnvironmentInjector);
  private readonly contexts = inject(ChildrenOutletContexts);
  /** The routes that are shown until the next navigation, and not longer. */
  private readonly disowned = new WeakSet<ActivatedRouteSnapshot>();

  constructor() {
    const strategy = inject(RouteReuseStrategy);
    const isReused = strategy.shouldReuseRoute.bind(strategy);
    const isDetached = strategy.shouldDetach.bind(strategy);
    // A strategy of the app must not keep what was made for the user.
    strategy.shouldReuseRoute = (future, current) => !this.disowned.has(current) && isReused(future, current);
    strategy.shouldDetach = (route) => !this.disowned.has(route) && isDetached(route);
  }

  /**
   * The next navigation runs the guards of these routes again and makes their components anew. `canDeactivate` is not asked:
   * a session that has ended cannot be kept open. Returns whether there is such a route.
   */
  disown(session: SessionService): boolean {
    const routes = this.routesOf(session);
    for (const {
      route: { snapshot },
    } of routes) {
      this.disowned.add(snapshot);
      // The router compares this object with that of the next navigation, after which the snapshot is not used.
      Object.assign(snapshot, { routeConfig: { ...snapshot.routeConfig, canDeactivate: [] } });
    }
    return routes.length > 0;
  }

  /** Destroys the components of these routes in the task of the call. */
  clear(session: SessionService): void {
    for (const { context } of this.routesOf(session)) {
      if (context === null) continue;
      context.outlet?.deactivate();
      // An outlet that is created later would show the route again.
      context.route = context.attachRef = null;
    }
  }

  /** A route belongs to the session that its injector provides. That of a route that was cleared is not known. */
  private routesOf(session: SessionService): readonly GuardedRoute[] {
    return guardedRoutes(this.router.routerState.root, this.contexts).filter(
      ({ route, context, owner }) =>
        // Without a snapshot the route has not been activated yet.
        isActivated(route) &&
        (context === null ||
          this.disowned.has(route.snapshot) ||
          (owner !== null && isActivated(owner.route) ? owner.injector : this.injector).get(
            SessionService,
            null,
          ) === session),
    );
  }
}

/** While the router activates a page, routes that it has not reached yet have no snapshot. */
function isActivated(route: ActivatedRoute | null): boolean {
  return route?.snapshot !== undefined;
}

/** One for all sessions of an app: there is one router. */
export const USER_PAGE = new InjectionToken<UserPage>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'USER_PAGE' : '',
  { factory: () => new UserPage() },
);
