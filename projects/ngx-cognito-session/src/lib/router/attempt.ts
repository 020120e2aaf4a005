import { untracked } from '@angular/core';
import type {
  ActivatedRouteSnapshot,
  GuardResult,
  Route,
  Router,
  RouterStateSnapshot,
  UrlSegment,
  UrlTree,
} from '@angular/router';
import { fitOf } from './route-fit';

/** A navigation as a guard sees it, read before anything is waited for. */
export interface Attempt {
  /** The full attempted URL, with matrix parameters, query and fragment. */
  readonly url: string;
  /** What was asked for, before the routes redirected it. */
  readonly requested: string;
  /** `null` outside of a navigation. */
  readonly navigation: number | null;
  /** With `canMatch` only: the route that is tried, and what it is tried with. */
  readonly tried: { readonly route: Route; readonly segments: readonly string[] } | null;
}

/** A `canMatch` guard is told segments only: the navigation knows the rest. */
export function readAttempt(
  route: ActivatedRouteSnapshot | Route,
  target: RouterStateSnapshot | UrlSegment[],
  router: Router,
): Attempt {
  const current = untracked(router.currentNavigation);
  const navigation = current?.id ?? null;
  const requested = current && router.serializeUrl(current.extractedUrl);
  if (!Array.isArray(target))
    return { url: target.url, requested: requested ?? target.url, navigation, tried: null };
  const url = requested ?? `/${target.map((segment) => segment.toString()).join('/')}`;
  const tried = 'routeConfig' in route ? null : { route, segments: target.map(({ path }) => path) };
  return { url, requested: url, navigation, tried };
}

/**
 * The answer that does not lead in a circle: whoever is sent to the page that is being asked for may see it. A page that
 * the routes redirect to a guarded one cannot be shown, and would be asked for again and again.
 */
export function withoutLoop(answer: GuardResult, attempt: Attempt, router: Router): GuardResult {
  const { url, requested, tried } = attempt;
  const tree = treeOf(answer);
  if (tree === null) return answer;
  const path = pathOf(router.serializeUrl(tree));
  if (path === pathOf(url)) return tried === null || isOnlyWayTo(tree, tried, router);
  return path === pathOf(requested) ? false : answer;
}

/** `canMatch` is asked before it is known which page it will be: it may be another one, or stand elsewhere as well. */
function isOnlyWayTo(
  { root }: UrlTree,
  { route, segments }: NonNullable<Attempt['tried']>,
  { config }: Router,
): boolean {
  const all = root.children['primary']?.segments.map(({ path }) => path) ?? [];
  const isRedirected = all.slice(all.length - segments.length).join('/') !== segments.join('/');
  const own = isRedirected ? 'other' : fitOf([route], segments);
  return (own === 'page' || own === 'lazy') && fitOf(config, all, route) === null;
}

function treeOf(answer: GuardResult): UrlTree | null {
  if (typeof answer === 'boolean') return null;
  return 'redirectTo' in answer ? answer.redirectTo : answer;
}

/** Without matrix parameters, wherever they stand, query and fragment. */
function pathOf(url: string): string {
  return url.replace(/[?#].*|;[^/()]*/gs, '');
}
