import type { ActivatedRoute, ChildrenOutletContexts, OutletContext } from '@angular/router';
import { signedOutGuard } from './signed-out-guard';

/** A route of the page that is shown because guards admitted the user: its own, or those of a route above it. */
export interface GuardedRoute {
  readonly route: ActivatedRoute;
  /** Of the outlet that shows the route, or the routes below a route without a component. */
  readonly context: OutletContext | null;
  /** Whose injector the guards of the route use; `null`: that of the app. */
  readonly owner: OutletContext | null;
}

/** The guarded routes below a route, in all outlets, each before those below it. Pure. */
export function guardedRoutes(
  parent: ActivatedRoute,
  contexts: ChildrenOutletContexts | null,
  isGuarded = false,
  parentOwner: OutletContext | null = null,
): readonly GuardedRoute[] {
  const areGuarded = isGuarded || isGuard(parent.routeConfig?.canActivateChild);
  return parent.children.flatMap((route) => {
    const { canActivate, canMatch, providers, loadChildren } = route.routeConfig ?? {};
    const context = contexts?.getContext(route.outlet) ?? null;
    const isShielded = areGuarded || isGuard(canActivate) || isGuard(canMatch);
    const inner = route.component === null ? contexts : (context?.children ?? null);
    // The context of a route without a component has the injector of a route below it.
    const owner = route.component === null && providers === undefined ? parentOwner : context;
    const below = guardedRoutes(route, inner, isShielded, loadChildren === undefined ? owner : context);
    return isShielded ? [{ route, context, owner }, ...below] : below;
  });
}

/** A page for users who are not signed in shows no user's data. */
function isGuard(guards: readonly unknown[] = []): boolean {
  return guards.some((guard) => guard !== signedOutGuard);
}
