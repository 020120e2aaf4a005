import type { Route } from '@angular/router';

/** What a route has for a path: a page of just that path, whatever its lazy routes hold, or something of another path. */
export type RouteFit = 'page' | 'lazy' | 'other';

/**
 * What the first of the routes that fits has for the path; `null`: nothing fits, pages for everything else (`**`) left
 * aside. As the router reads routes, without asking their guards. Pure.
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
