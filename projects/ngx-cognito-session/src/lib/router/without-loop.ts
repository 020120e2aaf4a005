import type { GuardResult, UrlTree } from '@angular/router';
import type { Attempt } from './attempt';
import { fitOf } from './route-fit';
import { pathOf } from './path-of';

/**
 * The answer without a redirect loop: a user who would be redirected to the requested page is admitted. A page that
 * the routes redirect to a guarded one cannot be shown, and would be requested again and again.
 */
export function withoutLoop(answer: GuardResult, attempt: Attempt): GuardResult {
  const { router, url, requested } = attempt;
  const tree = treeOf(answer);
  if (tree === null) return answer;
  const path = pathOf(router.serializeUrl(tree));
  if (path === pathOf(url)) return isOnlyWayTo(tree, attempt);
  return path === pathOf(requested) ? false : answer;
}

/** `canMatch` runs before it is known which page will be shown: it may be another one, or be reachable elsewhere. */
function isOnlyWayTo({ root }: UrlTree, { tried, router }: Attempt): boolean {
  if (tried === null) return true;
  const { route, segments } = tried;
  const all = root.children['primary']?.segments.map(({ path }) => path) ?? [];
  const isRedirected = all.slice(all.length - segments.length).join('/') !== segments.join('/');
  const own = isRedirected ? 'other' : fitOf([route], segments);
  return (own === 'page' || own === 'lazy') && fitOf(router.config, all, route) === null;
}

/** Where an answer redirects to; `null`: nowhere. Pure. */
export function treeOf(answer: GuardResult): UrlTree | null {
  if (typeof answer === 'boolean') return null;
  return 'redirectTo' in answer ? answer.redirectTo : answer;
}
