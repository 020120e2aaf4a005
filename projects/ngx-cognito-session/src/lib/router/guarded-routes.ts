import type { ActivatedRoute, ChildrenOutletContexts, OutletContext } from '@angular/router';
import { signedOutGuard } from './signed-out-guard';

/** A route of the page that is shown because guards admitted the user: its own, or those of a route above it. */
export interface GuardedRoute {
  readonly route: ActivatedRoute;
  /** Of the outlet that shows the route, or the routes below a route without a component. */
  readonly context: OutletContext | null;
}

/** The guarded routes below a route, in all outlets, each before those below it. Pure. */
export function guardedRoutes(
  parent: ActivatedRoute,
  contexts: ChildrenOutletContexts | null,
  isGuarded = false,
): readonly GuardedRoute[] {
  const areGuarded = isGuarded || isGuard(parent.snapshot.routeConfig?.canActivateChild);
  return parent.children.flatMap((route) => {
    const { canActivate, canMatch } = route.snapshot.routeConfig ?? {};
    const context = contexts?.getContext(route.outlet) ?? null;
    const isShielded = areGuarded || isGuard(canActivate) || isGuard(canMatch);
    const inner = route.component === null ? contexts : (context?.children ?? null);
    const below = guardedRoutes(route, inner, isShielded);
    return isShielded ? [{ route, context }, ...below] : below;
  });
}

/** A page for users who are not signed in shows no user's data. */
function isGuard(guards: readonly unknown[] = []): boolean {
  return guards.some((guard) => guard !== signedOutGuard);
}
