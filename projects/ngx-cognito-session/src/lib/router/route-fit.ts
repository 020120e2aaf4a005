import type { Route } from '@angular/router';

/** How a route fits a path: it has a page of exactly that path, its lazy routes may have one, or it has another page. */
export type RouteFit = 'page' | 'lazy' | 'other';

/**
 * How the first route that fits does so; `null`: no route fits, except pages for every path (`**`).
 * Reads routes as the router does, without running their guards. Pure.
 */
export function fitOf(
  routes: readonly Route[],
  segments: readonly string[],
  except?: object,
): RouteFit | null {
  for (const route of routes) {
    const fit = route === except ? null : fitOfOne(route, segments, except);
    if (fit !== null) return fit;
  }
  return null;
}

function fitOfOne(route: Route, segments: readonly string[], except?: object): RouteFit | null {
  const { path = '', children = [], pathMatch, redirectTo, outlet = 'primary' } = route;
  if (route.matcher !== undefined) return 'other';
  const own = path === '' ? [] : path.split('/');
  const rest = segments.slice(own.length);
  if (outlet !== 'primary' || own.length > segments.length || (pathMatch === 'full' && rest.length > 0))
    return null;
  const isParameter = (part: string) => part.startsWith(':');
  if (own.some((part, index) => !isParameter(part) && part !== segments[index])) return null;
  if (redirectTo !== undefined) return 'other';
  const below = route.loadChildren !== undefined ? 'lazy' : fitOf(children, rest, except);
  const fit = below ?? (rest.length === 0 ? 'page' : null);
  return fit !== null && own.some(isParameter) ? 'other' : fit;
}
