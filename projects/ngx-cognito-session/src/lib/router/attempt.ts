import type { Route, Router } from '@angular/router';
import type { Attempted } from './attempted';

/** A navigation as a guard sees it. */
export interface Attempt {
  readonly router: Router;
  /** The full attempted URL, with matrix parameters, query and fragment. */
  readonly url: string;
  /** The requested URL, before the routes redirected it. */
  readonly requested: string;
  /** `null` outside of a navigation. */
  readonly navigation: number | null;
  /** With `canMatch` only: the route that is tried, and its segments. */
  readonly tried: { readonly route: Route; readonly segments: readonly string[] } | null;
}

/** A `canMatch` guard gets only the segments; the navigation has the rest. Pure. */
export function readAttempt({ router, route, target, navigation: current }: Attempted): Attempt {
  const navigation = current?.id ?? null;
  const requested = current && router.serializeUrl(current.extractedUrl);
  if (!Array.isArray(target))
    return { router, url: target.url, requested: requested ?? target.url, navigation, tried: null };
  const url = requested ?? `/${target.map((segment) => segment.toString()).join('/')}`;
  const tried = 'routeConfig' in route ? null : { route, segments: target.map(({ path }) => path) };
  return { router, url, requested: url, navigation, tried };
}
