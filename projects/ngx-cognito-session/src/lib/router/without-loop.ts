import type { GuardResult, UrlTree } from '@angular/router';
import type { Attempt } from './attempt';
import { fitOf } from './route-fit';
import { pathOf } from './path-of';

/**
 * The answer that does not lead in a circle: whoever is sent to the page that is being asked for may see it. A page that
 * the routes redirect to a guarded one cannot be shown, and would be asked for again and again.
 */
export function withoutLoop(answer: GuardResult, attempt: Attempt): GuardResult {
  const { router, url, requested } = attempt;
  const tree = treeOf(answer);
  if (tree === null) return answer;
  const path = pathOf(router.serializeUrl(tree));
  if (path === pathOf(url)) return isOnlyWayTo(tree, attempt);
  return path === pathOf(requested) ? false : answer;
}

/** `canMatch` is asked before it is known which page it will be: it may be another one, or stand elsewhere as well. */
function isOnlyWayTo({ root }: UrlTree, { tried, router }: Attempt): boolean {
  if (tried === null) return true;
  const { route, segments } = tried;
  const all = root.children['primary']?.segments.map(({ path }) => path) ?? [];
  const isRedirected = all.slice(all.length - segments.length).join('/') !== segments.join('/');
  const own = isRedirected ? 'other' : fitOf([route], segments);
  return (own === 'page' || own === 'lazy') && fitOf(router.config, all, route) === null;
}

function treeOf(answer: GuardResult): UrlTree | null {
  if (typeof answer === 'boolean') return null;
  return 'redirectTo' in answer ? answer.redirectTo : answer;
}
